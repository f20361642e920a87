// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.shell.internal;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.thornback.api.ThornbackException;
import org.thornback.api.command.NodeCommand;
import org.thornback.api.store.ObjectStore;
import org.thornback.api.store.StoreBackends;
import org.thornback.api.store.StoreCounter;
import org.thornback.api.store.StoreStatistics;

/** {@code ray store}: shows the backends of the object store and changes between them. Safe from any thread. */
@Component(property = NodeCommand.NAME + "=store")
public final class StoreCommand implements NodeCommand {
    private static final String USAGE = "ray store: give `list`, or `use NAME [--directory=DIRECTORY]`.";
    private static final String DIRECTORY = "--directory=";

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile StoreBackends backends;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ObjectStore store;

    /** Waits for somebody to ask. */
    @Activate
    public StoreCommand() {}

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) {
        List<String> words = new ArrayList<>(arguments);
        Optional<Path> directory = Optional.empty();
        for (String word : arguments) {
            if (word.startsWith(DIRECTORY)) {
                directory = Optional.of(Path.of(word.substring(DIRECTORY.length())));
                words.remove(word);
            }
        }
        boolean list = words.equals(List.of("list")) && directory.isEmpty();
        boolean use = words.size() == 2 && words.getFirst().equals("use");
        if (!list && !use) {
            err.println(USAGE);
            return 2;
        }
        StoreBackends asked = backends;
        ObjectStore counted = store;
        if (asked == null || counted == null) {
            err.println("ray store: the object store of this node does not run (yet).");
            return 1;
        }
        if (use) {
            return use(asked, words.getLast(), directory, out, err);
        }
        out.print(text(asked.list(), counted.statistics()));
        return 0;
    }

    private static int use(
            StoreBackends backends, String name, Optional<Path> directory, PrintStream out, PrintStream err) {
        if (directory.filter(path -> !path.isAbsolute()).isPresent()) {
            err.println("ray store: --directory=" + directory.get() + " is not absolute: give the whole path.");
            return 1;
        }
        try {
            backends.use(name, directory);
            out.println("New objects go to backend " + name
                    + directory.map(path -> " in " + path).orElse("")
                    + "; what is in the store follows, see `ray store list`.");
            return 0;
        } catch (ThornbackException e) {
            err.println("ray store: " + e.getMessage());
            return 1;
        }
    }

    private static String text(List<StoreBackends.Entry> backends, StoreStatistics statistics) {
        StringBuilder text = new StringBuilder();
        line(text, "BACKEND", "IN USE", "DIRECTORY");
        for (StoreBackends.Entry backend : backends) {
            line(
                    text,
                    backend.name(),
                    backend.inUse() ? "yes" : "",
                    backend.directory().map(Path::toString).orElse(""));
        }
        long left = statistics.value(StoreCounter.LEFT_BYTES);
        long spilled = statistics.value(StoreCounter.SPILLED_BYTES);
        long moved = statistics.value(StoreCounter.MOVED_BYTES_TOTAL);
        return text.append(statistics.value(StoreCounter.SEALED_OBJECTS))
                .append(" objects, ")
                .append(StatusPage.bytes(statistics.value(StoreCounter.USED_BYTES)))
                .append(" used of ")
                .append(StatusPage.bytes(statistics.value(StoreCounter.CAPACITY_BYTES)))
                .append(left == 0 ? "" : ", " + StatusPage.bytes(left) + " still elsewhere")
                .append(moved == 0 ? "" : ", " + StatusPage.bytes(moved) + " moved so far")
                .append(spilled == 0 ? "" : ", " + StatusPage.bytes(spilled) + " written out")
                .append(statistics.remark().isEmpty() ? "" : " (" + statistics.remark() + ")")
                .append('\n')
                .toString();
    }

    private static void line(StringBuilder text, String name, String use, String directory) {
        text.append(String.format(Locale.ROOT, "%-12s %-7s %s", name, use, directory)
                        .stripTrailing())
                .append('\n');
    }
}
