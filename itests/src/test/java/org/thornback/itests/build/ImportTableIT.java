// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.thornback.testkit.Distribution;

/** Holds the shipped jars to the table of imports. */
class ImportTableIT {
    /** Modules that are no bundles of a node: the thin jar of drivers, and what tests share. */
    private static final Set<String> BESIDE = Set.of("lib", "testkit", "ray-driver");

    /** Bundles as somebody outside would write them: the table is not about those, they know the API alone. */
    private static final String OUTSIDERS = "examples.";

    private final ImportTable table = ImportTable.read();
    private final List<Module> modules = Module.of(Distribution.current().home());

    ImportTableIT() throws IOException {}

    @Test
    void shouldHaveARowForEveryModuleAndNoOther() throws IOException {
        Path bundles = Path.of(System.getProperty("thornback.root"), "bundles");
        try (Stream<Path> directories = Files.list(bundles)) {
            Set<String> found = directories
                    .filter(path -> Files.exists(path.resolve("pom.xml")))
                    .map(path -> path.getFileName().toString())
                    .filter(name -> !BESIDE.contains(name))
                    .collect(Collectors.toCollection(TreeSet::new));

            assertThat(table.modules()).containsOnlyKeys(found);
        }
    }

    @Test
    void shouldShipEveryModule() {
        assertThat(modules).extracting(Module::name).containsAll(table.modules().keySet());
    }

    @Test
    void shouldImportOfOursOnlyWhatTheTableAllows() {
        var beyond = new ArrayList<String>();
        for (Module module : modules) {
            Set<String> allowed = module.name().startsWith(OUTSIDERS)
                    ? Set.of("api")
                    : table.modules().getOrDefault(module.name(), Set.of());
            for (String imported : module.imported()) {
                String owner = owner(imported);
                if (owner != null && !owner.equals(module.name()) && !allowed.contains(owner)) {
                    beyond.add(module.name() + " imports " + imported + " of " + owner);
                }
            }
        }

        assertThat(beyond).isEmpty();
    }

    @Test
    void shouldShowALibraryOnlyToThoseWhoMaySeeIt() {
        var beyond = new ArrayList<String>();
        for (Module module : modules) {
            table.libraries()
                    .forEach((prefix, allowed) -> module.imported().stream()
                            .filter(name -> name.equals(prefix) || name.startsWith(prefix + "."))
                            .filter(name -> !allowed.contains(module.name()))
                            .forEach(name -> beyond.add(module.name() + " imports " + name)));
        }

        assertThat(beyond).isEmpty();
    }

    @Test
    void shouldExportNothingInternalAndOnlyFromModulesThatOthersMayImport() {
        Set<String> importable =
                table.modules().values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        var wrong = new ArrayList<String>();
        for (Module module : modules) {
            for (String exported : module.exported()) {
                if (exported.contains(".internal") || !importable.contains(module.name())) {
                    wrong.add(module.name() + " exports " + exported);
                }
            }
        }

        assertThat(wrong).isEmpty();
    }

    private String owner(String packageName) {
        if (!packageName.startsWith("org.thornback.") || packageName.startsWith("org.thornback.lib.")) {
            return null;
        }
        return modules.stream()
                .filter(module -> module.exported().contains(packageName))
                .map(Module::name)
                .findFirst()
                .orElse("nobody");
    }
}
