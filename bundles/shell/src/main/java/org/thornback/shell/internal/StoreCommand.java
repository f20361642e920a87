// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.shell.internal;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
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
import org.thornback.shell.internal.Column.Kind;

/** {@code ray store}: shows the backends of the object store and changes between them. Safe from any thread. */
@Component(service = NodeCommand.class, property = NodeCommand.NAME + "=store")
public final class StoreCommand extends CheckedCommand {
    private static final Verbs VERBS = new Verbs("list", "use NAME [--directory=DIRECTORY]");

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
    public StoreCommand() {
        super("store");
    }

    @Override
    int answer(String word, Words words, PrintStream out, PrintStream err) {
        String verb = VERBS.check(words);
        StoreBackends asked = Question.there(backends, Question.STORE);
        if (verb.equals("use")) {
            Optional<Path> directory = words.value("--directory").map(given -> words.path("--directory", given));
            return use(asked, words.argument(1).orElseThrow(), directory, out, err);
        }
        Listing<StoreBackends.Entry> listing = listing(asked.list());
        out.print(listing.text(words));
        if (!words.has("--json")) {
            out.print(sentence(Question.there(store, Question.STORE).statistics()));
        }
        return 0;
    }

    private static Listing<StoreBackends.Entry> listing(List<StoreBackends.Entry> backends) {
        return new Listing<>(
                List.of(
                        new Column<>("backend", Kind.WORD, StoreBackends.Entry::name),
                        new Column<>("inUse", Kind.WORD, StoreBackends.Entry::inUse),
                        new Column<>("directory", Kind.TEXT, StoreBackends.Entry::directory)),
                backends);
    }

    private static int use(
            StoreBackends backends, String name, Optional<Path> directory, PrintStream out, PrintStream err) {
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

    private static String sentence(StoreStatistics statistics) {
        long left = statistics.value(StoreCounter.LEFT_BYTES);
        long spilled = statistics.value(StoreCounter.SPILLED_BYTES);
        long moved = statistics.value(StoreCounter.MOVED_BYTES_TOTAL);
        return new StringBuilder()
                .append(statistics.value(StoreCounter.SEALED_OBJECTS))
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
}
