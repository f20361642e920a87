// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.shell.internal;

import static java.util.Objects.requireNonNull;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.thornback.api.command.CommandCatalogue;
import org.thornback.api.command.CommandDescription;
import org.thornback.api.command.CommandParameter;
import org.thornback.api.command.Commands;
import org.thornback.api.command.NodeCommand;
import org.thornback.shell.internal.Column.Kind;

/** {@code ray:help}: lists the commands of this node, or says all about one. Safe from any thread. */
@Component(service = NodeCommand.class, property = NodeCommand.NAME + "=help")
public final class HelpCommand extends CheckedCommand {
    private static final int LEAST_ROOM = 16;
    private static final int GAP = 2;

    private final Commands commands;

    /**
     * Waits for somebody to ask.
     *
     * @param commands to be explained.
     */
    @Activate
    public HelpCommand(@Reference Commands commands) {
        super("help");
        this.commands = requireNonNull(commands, "commands");
    }

    @Override
    int answer(String word, Words words, PrintStream out, PrintStream err) {
        Optional<String> wanted = words.argument(0).map(HelpCommand::withoutScope);
        int width = words.number(CommandCatalogue.WIDTH.name()).orElse(0);
        out.print(wanted.isPresent() ? about(wanted.get(), width) : all(width));
        return 0;
    }

    /** {@code ray:status} is {@code status}. */
    static String withoutScope(String name) {
        return name.startsWith("ray:") ? name.substring("ray:".length()) : name;
    }

    private String all(int width) {
        List<String> names = commands.names().stream()
                .filter(name -> !CommandCatalogue.UNTYPED.contains(name))
                .toList();
        List<List<String>> rows = names.stream()
                .map(name -> List.of(
                        name, described(name).map(CommandDescription::summary).orElse("")))
                .toList();
        String more = "`help COMMAND` says more; `felix:help` lists the commands of the Felix shell.";
        return table(rows, width) + "\n" + String.join("\n", lines(more, width == 0 ? Integer.MAX_VALUE : width))
                + "\n";
    }

    private String about(String name, int width) {
        if (!commands.names().contains(name)) {
            throw RefusedException.because("there is no command=" + name + "; `help` lists ours, and `felix:help "
                    + name + "` knows those of the Felix shell.");
        }
        CommandDescription about = described(name)
                .orElseThrow(() -> RefusedException.because("command=" + name + " does not say what it is for."));
        return Words.synopsis(about) + "\n" + about.summary() + "\n"
                + (about.parameters().isEmpty()
                        ? ""
                        : "\n"
                                + table(
                                        about.parameters().stream()
                                                .map(one -> List.of("  " + one.name(), words(one)))
                                                .toList(),
                                        width));
    }

    private static String words(CommandParameter parameter) {
        return parameter.description()
                + (parameter.words().isEmpty() ? "" : " One of " + String.join(", ", parameter.words()) + ".");
    }

    private Optional<CommandDescription> described(String name) {
        return commands.use(name, command -> command.description(name)).flatMap(about -> about);
    }

    /** Names and what they are for; what is too wide goes on in the next line. */
    private static String table(List<List<String>> rows, int width) {
        int names = rows.stream().mapToInt(row -> row.getFirst().length()).max().orElse(0);
        int room = width == 0 ? Integer.MAX_VALUE : Math.max(LEAST_ROOM, width - names - GAP);
        List<List<String>> broken = new ArrayList<>();
        for (List<String> row : rows) {
            String name = row.getFirst();
            for (String line : lines(row.getLast(), room)) {
                broken.add(List.of(name, line));
                name = "";
            }
        }
        return new Table(List.of(Kind.WORD, Kind.TEXT), broken).text(width);
    }

    private static List<String> lines(String text, int room) {
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String word : text.split(" ")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > room) {
                lines.add(line);
                line = word;
            } else {
                line = line.isEmpty() ? word : line + " " + word;
            }
        }
        lines.add(line);
        return lines;
    }
}
