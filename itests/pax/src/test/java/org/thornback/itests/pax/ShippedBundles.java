// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.pax;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.systemPackage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ops4j.pax.exam.Option;

/** The bundles and the exported packages that the features of the unpacked distribution list, as options of Pax Exam. */
final class ShippedBundles {
    private static final Pattern CLAUSE = Pattern.compile("([\\w.]+)((?:\"[^\"]*\"|[^,\"])*)");
    private static final Pattern VERSION = Pattern.compile(";\\s*version=\"?([\\w.-]+)\"?");

    private final Path home = Path.of(System.getProperty("thornback.distribution"));
    private final Map<String, Integer> bundles = new LinkedHashMap<>();
    private final List<String> exported = new ArrayList<>();

    ShippedBundles() throws IOException {
        try (Stream<Path> features = Files.list(home.resolve("features"))) {
            for (Path feature : features.sorted().toList()) {
                Files.readAllLines(feature).forEach(this::read);
            }
        }
    }

    Option options() throws IOException {
        var options = new ArrayList<Option>();
        options.add(frameworkProperty("org.osgi.framework.bootdelegation").value("jdk.internal.misc,sun.misc"));
        options.add(frameworkProperty("org.apache.felix.http.require.config").value("true")); // as the launcher has it
        for (String jar : exported) {
            for (String name : packages(home.resolve(jar))) {
                options.add(systemPackage(name));
            }
        }
        bundles.forEach((jar, level) ->
                options.add(bundle(home.resolve(jar).toUri().toString()).startLevel(level)));
        return composite(options.toArray(Option[]::new));
    }

    private void read(String line) {
        String[] words = line.split(" ");
        switch (words[0]) {
            case "bundle" -> bundles.put(words[2], Integer.valueOf(words[1]));
            case "exported" -> exported.add(words[1]);
            default -> {
                // The other lines are for the launcher and for drivers.
            }
        }
    }

    private static List<String> packages(Path jar) throws IOException {
        var packages = new ArrayList<String>();
        try (var file = new JarFile(jar.toFile())) {
            Matcher clause =
                    CLAUSE.matcher(file.getManifest().getMainAttributes().getValue("Export-Package"));
            while (clause.find()) {
                Matcher version = VERSION.matcher(clause.group(2));
                packages.add(clause.group(1) + (version.find() ? ";version=" + version.group(1) : ""));
            }
        }
        return packages;
    }
}
