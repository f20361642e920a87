// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.shell.internal;

import static java.util.Objects.requireNonNull;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.thornback.api.command.CommandCatalogue;
import org.thornback.api.command.CommandDescription;
import org.thornback.api.command.CommandParameter;
import org.thornback.api.command.CommandParameter.Subject;
import org.thornback.api.command.Commands;
import org.thornback.api.command.NodeCommand;

/**
 * What may stand where the user of a shell is typing: asked by {@code ray shell} with the words of the line so far, the last
 * one unfinished. Answers one word in a line, a remark behind a tabulator. Safe from any thread.
 */
@Component(service = NodeCommand.class, property = NodeCommand.NAME + "=" + CommandCatalogue.COMPLETE)
public final class CompletionCommand implements NodeCommand {
    private static final String COMMANDS = ".commands";

    /** Commands of Felix that take bundles. */
    private static final Set<String> OF_BUNDLES =
            Set.of("start", "stop", "update", "uninstall", "refresh", "resolve", "headers", "inspect");

    private static final OutputStream NOWHERE = OutputStream.nullOutputStream();

    private final Commands commands;
    private final Subjects subjects;
    private final CommandProcessor shell;
    private final BundleContext context;

    /**
     * Waits for somebody to ask.
     *
     * @param commands of this node.
     * @param subjects they are about.
     * @param shell    knows commands of others.
     * @param context  knows the bundles.
     */
    @Activate
    public CompletionCommand(
            @Reference Commands commands,
            @Reference Subjects subjects,
            @Reference CommandProcessor shell,
            BundleContext context) {
        this.commands = requireNonNull(commands, "commands");
        this.subjects = requireNonNull(subjects, "subjects");
        this.shell = requireNonNull(shell, "shell");
        this.context = requireNonNull(context, "context");
    }

    @Override
    public int run(List<String> words, PrintStream out, PrintStream err) {
        String begun = words.isEmpty() ? "" : words.getLast();
        try {
            candidates(words)
                    .filter(word -> word.startsWith(begun) || word.equals(CommandCatalogue.LOCAL_FILES))
                    .forEach(out::println);
        } catch (RefusedException away) {
            return away.status(); // what cannot be listed now is not completed
        }
        return 0;
    }

    private Stream<String> candidates(List<String> words) {
        if (words.size() < 2) {
            return Stream.concat(ours(), ofOthers());
        }
        String name = HelpCommand.withoutScope(words.getFirst());
        Optional<CommandDescription> about =
                commands.use(name, command -> command.description(name)).flatMap(description -> description);
        return about.map(description -> candidates(description, words.subList(1, words.size())))
                .orElseGet(() -> OF_BUNDLES.contains(name.replace("felix:", "")) ? bundles() : Stream.empty());
    }

    private Stream<String> candidates(CommandDescription about, List<String> words) {
        List<String> before = words.subList(0, words.size() - 1);
        Optional<CommandParameter> open = option(about, before.isEmpty() ? "" : before.getLast())
                .filter(option -> !option.value().isEmpty());
        if (open.isPresent()) {
            return of(open.get(), "", words.getLast());
        }
        List<String> arguments = arguments(about, before);
        Stream<String> options = about.parameters().stream()
                .filter(parameter -> parameter.isOption() && !before.contains(parameter.name()))
                .map(parameter -> parameter.name() + "\t" + parameter.description());
        List<CommandParameter> places = about.parameters().stream()
                .filter(parameter -> !parameter.isOption())
                .toList();
        boolean goesOn = !places.isEmpty() && places.getLast().isRepeated();
        Stream<String> values = places.stream()
                .skip(goesOn ? Math.min(arguments.size(), places.size() - 1) : arguments.size())
                .limit(1)
                .flatMap(parameter -> of(parameter, arguments.isEmpty() ? "" : arguments.getLast(), words.getLast()));
        return words.getLast().startsWith("-") ? options : Stream.concat(values, options);
    }

    private Stream<String> of(CommandParameter parameter, String before, String begun) {
        if (!parameter.words().isEmpty()) {
            return parameter.words().stream();
        }
        return parameter.subject() == Subject.COMMAND
                ? ours()
                : subjects.names(parameter.subject(), before, begun).stream();
    }

    private static List<String> arguments(CommandDescription about, List<String> words) {
        List<String> arguments = new ArrayList<>();
        boolean value = false;
        for (String word : words) {
            if (!value && !word.startsWith("-")) {
                arguments.add(word);
            }
            value = !value
                    && option(about, word)
                            .filter(option -> !option.value().isEmpty())
                            .isPresent();
        }
        return arguments;
    }

    private static Optional<CommandParameter> option(CommandDescription about, String word) {
        return about.parameters().stream()
                .filter(parameter -> parameter.isOption() && parameter.name().equals(word))
                .findFirst();
    }

    private Stream<String> bundles() {
        return Arrays.stream(context.getBundles())
                .map(bundle ->
                        bundle.getSymbolicName() + "\tbundle " + bundle.getBundleId() + ", " + bundle.getVersion());
    }

    private Stream<String> ours() {
        return commands.names().stream()
                .filter(name -> !CommandCatalogue.UNTYPED.contains(name))
                .map(name -> name
                        + commands.use(name, command -> command.description(name))
                                .flatMap(about -> about)
                                .map(about -> "\t" + about.summary())
                                .orElse(""));
    }

    /** Commands of others, by their names and with their scopes; ours with theirs. */
    private Stream<String> ofOthers() {
        try (CommandSession session = shell.createSession(InputStream.nullInputStream(), NOWHERE, NOWHERE)) {
            Set<String> names = new TreeSet<>();
            if (session.get(COMMANDS) instanceof Collection<?> all) {
                for (Object command : all) {
                    String scoped = command.toString();
                    names.add(scoped);
                    names.add(scoped.substring(scoped.indexOf(':') + 1));
                }
            }
            names.removeAll(commands.names());
            return names.stream();
        }
    }
}
