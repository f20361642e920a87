// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.shell.internal;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.thornback.api.command.Commands;
import org.thornback.api.command.NodeCommand;

/** The commands in a framework, as the launcher has them, and a user who types them. */
record FelixCommands(BundleContext context) implements Commands {

    /** What a command printed on either stream, and its exit status. */
    record Reply(String out, String err, int status) {}

    /** Offers the framework's commands to those of the shell that ask for all. */
    static FelixCommands offerIn(BundleContext context) {
        FelixCommands commands = new FelixCommands(context);
        context.registerService(Commands.class, commands, null);
        return commands;
    }

    Reply run(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = run(new PrintStream(out, true), new PrintStream(err, true), words);
        return new Reply(out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8), status);
    }

    int run(PrintStream out, PrintStream err, String... words) {
        List<String> texts = List.of(words);
        String name = texts.getFirst();
        return use(name, command -> command.run(name, texts.subList(1, texts.size()), out, err))
                .orElseThrow(() -> new AssertionError("no command=" + name + " among " + names()));
    }

    @Override
    public SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>();
        references().forEach(reference -> names.addAll(NodeCommand.names(reference.getProperty(NodeCommand.NAME))));
        return names;
    }

    @Override
    public <T> Optional<T> use(String name, Function<NodeCommand, T> action) {
        return references().stream()
                .filter(reference -> NodeCommand.names(reference.getProperty(NodeCommand.NAME))
                        .contains(name))
                .findFirst()
                .map(context::getService)
                .map(action);
    }

    private Collection<ServiceReference<NodeCommand>> references() {
        try {
            return context.getServiceReferences(NodeCommand.class, null);
        } catch (InvalidSyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
