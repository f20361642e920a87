// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.testkit;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.thornback.api.command.Commands;
import org.thornback.api.command.NodeCommand;

/** Commands a test gives, by their names, and a user who types them. Safe from any thread. */
public final class GivenCommands implements Commands {
    private final Map<String, NodeCommand> commands = new ConcurrentHashMap<>();

    /** What a command printed on either stream, and its exit status. */
    public record Reply(String out, String err, int status) {}

    /** None yet. */
    public GivenCommands() {}

    /** Takes those that are services of a framework, as they come and go, and offers itself there in the launcher's place. */
    public static GivenCommands offeredIn(BundleContext context) {
        GivenCommands given = new GivenCommands();
        new ServiceTracker<NodeCommand, NodeCommand>(context, NodeCommand.class, null) {
            @Override
            public NodeCommand addingService(ServiceReference<NodeCommand> reference) {
                NodeCommand command = super.addingService(reference);
                names(reference).forEach(name -> given.put(name, command));
                return command;
            }

            @Override
            public void removedService(ServiceReference<NodeCommand> reference, NodeCommand command) {
                names(reference).forEach(given.commands::remove);
                super.removedService(reference, command);
            }
        }.open();
        context.registerService(Commands.class, given, null);
        return given;
    }

    private static List<String> names(ServiceReference<NodeCommand> reference) {
        return NodeCommand.names(reference.getProperty(NodeCommand.NAME));
    }

    /** Gives one more, or another one of the same name. */
    public void put(String name, NodeCommand command) {
        commands.put(name, command);
    }

    /** Runs one with the words behind its name. */
    public Reply run(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = run(new PrintStream(out, true), new PrintStream(err, true), words);
        return new Reply(out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8), status);
    }

    /** The same, for who reads what it says while it goes on. */
    public int run(PrintStream out, PrintStream err, String... words) {
        List<String> texts = List.of(words);
        String name = texts.getFirst();
        return use(name, command -> command.run(name, texts.subList(1, texts.size()), out, err))
                .orElseThrow(() -> new AssertionError("no command=" + name + " among " + names()));
    }

    @Override
    public SortedSet<String> names() {
        return new TreeSet<>(commands.keySet());
    }

    @Override
    public <T> Optional<T> use(String name, Function<NodeCommand, T> action) {
        return Optional.ofNullable(commands.get(name)).map(action);
    }
}
