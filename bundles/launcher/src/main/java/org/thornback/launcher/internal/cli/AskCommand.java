// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.cli;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.thornback.api.command.CommandCatalogue;
import org.thornback.api.command.CommandDescription;
import org.thornback.api.command.CommandParameter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** A command of the catalogue: hands its words to the node, which answers. */
@Command
final class AskCommand implements Callable<Integer> {
    private final CommandDescription about;

    @Spec
    private CommandSpec spec;

    @Mixin
    private NodeOptions nodes;

    /**
     * Prepares a command.
     *
     * @param name of the catalogue.
     */
    AskCommand(String name) {
        about = CommandCatalogue.find(requireNonNull(name, "name")).orElseThrow();
    }

    /** Adds what the catalogue says of it. */
    void describe(CommandSpec command) {
        command.usageMessage().description(about.summary());
        int place = 0;
        for (CommandParameter parameter : about.parameters()) {
            if (parameter.isOption()) {
                command.addOption(option(parameter));
            } else {
                command.addPositional(PositionalParamSpec.builder()
                        .index(place++ + (parameter.isRepeated() ? "..*" : ""))
                        .paramLabel(parameter.name())
                        .arity(arity(parameter))
                        .required(parameter.isRequired())
                        .type(parameter.isRepeated() ? String[].class : String.class)
                        .description(text(parameter))
                        .build());
            }
        }
    }

    private static String arity(CommandParameter parameter) {
        String most = parameter.isRepeated() ? "*" : "1";
        return (parameter.isRequired() ? "1" : "0") + ".." + most;
    }

    private static OptionSpec option(CommandParameter parameter) {
        boolean isSwitch = parameter.value().isEmpty();
        return OptionSpec.builder(parameter.name())
                .paramLabel("<" + parameter.value().toLowerCase(Locale.ROOT) + ">")
                .arity(isSwitch ? "0" : "1")
                .type(isSwitch ? boolean.class : String.class)
                .description(text(parameter))
                .build();
    }

    private static String text(CommandParameter parameter) {
        String words = parameter.words().isEmpty() ? "" : " One of " + String.join(", ", parameter.words()) + ".";
        return (parameter.description() + words).replace("%", "%%");
    }

    @Override
    public Integer call() {
        return NodeQuestion.ask(
                nodes, about.name(), withWidth(words(spec.commandLine().getParseResult())));
    }

    /** What the node is told of what was typed. */
    List<String> words(ParseResult parsed) {
        List<String> words = new ArrayList<>();
        Map<String, CommandParameter> known =
                about.parameters().stream().collect(Collectors.toMap(CommandParameter::name, parameter -> parameter));
        for (ArgSpec argument : parsed.matchedPositionals()) {
            CommandParameter parameter = known.get(argument.paramLabel());
            argument.stringValues().forEach(word -> words.add(whole(parameter, word)));
        }
        for (OptionSpec option : parsed.matchedOptions()) {
            CommandParameter parameter = known.get(option.longestName());
            if (parameter != null) {
                String value = option.arity().max() == 0
                        ? ""
                        : "=" + whole(parameter, option.stringValues().getLast());
                words.add(option.longestName() + value);
            }
        }
        return words;
    }

    /** The node is elsewhere: a file that is here needs its whole path, and so does one that should be. */
    private static String whole(CommandParameter parameter, String word) {
        return parameter.subject() == CommandParameter.Subject.LOCAL_FILE
                ? Path.of(word).toAbsolutePath().normalize().toString()
                : word;
    }

    private List<String> withWidth(List<String> words) {
        boolean fits = about.parameters().contains(CommandCatalogue.WIDTH)
                && words.stream().noneMatch(word -> word.startsWith(CommandCatalogue.WIDTH.name()));
        if (fits) {
            Tty.of(Tty.OUTPUT)
                    .flatMap(Tty::width)
                    .ifPresent(width -> words.add(CommandCatalogue.WIDTH.name() + "=" + width));
        }
        return words;
    }
}
