// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.thornback.api.command.CommandCatalogue;
import org.thornback.api.command.CommandDescription;
import org.thornback.api.command.CommandParameter;
import org.thornback.testkit.FelixExtension;
import org.thornback.testkit.GivenCommands;

/** Whatever command the shell has, its user finds out about it without another source. */
class AllCommandsTest {
    /** Other bundles have them. */
    private static final Set<String> ELSEWHERE = Set.of("health-check", "metrics");

    @RegisterExtension
    final FelixExtension felix = new FelixExtension()
            .componentRuntime()
            .bundles("org.apache.felix.gogo.runtime", "com.google.gson", "org.thornback.shell");

    private GivenCommands commands;

    @BeforeEach
    void offer() {
        commands = GivenCommands.offeredIn(felix.context());
    }

    private List<CommandDescription> described() {
        return CommandCatalogue.ALL.stream()
                .filter(command -> !ELSEWHERE.contains(command.name()))
                .toList();
    }

    @Test
    void shouldHaveEveryCommandOfTheCatalogueAndNoOther() {
        Set<String> wanted =
                described().stream().map(CommandDescription::name).collect(Collectors.toCollection(TreeSet::new));
        wanted.addAll(CommandCatalogue.UNTYPED);

        assertThat(commands.names()).isEqualTo(wanted);
    }

    @Test
    void shouldHelpWithEveryParameterOfEveryCommand() {
        String all = commands.run("help").out();
        for (CommandDescription command : described()) {
            assertThat(all).containsPattern("(?m)^" + command.name() + " +" + quoted(command.summary()));
            String help = commands.run("help", command.name()).out();
            assertThat(help).startsWith("ray " + command.name()).contains(command.summary());
            for (CommandParameter parameter : command.parameters()) {
                assertThat(parameter.description()).as(parameter.toString()).endsWith(".");
                assertThat(help)
                        .containsPattern("(?m)^  " + quoted(parameter.name()) + " +" + quoted(parameter.description()));
                assertThat(parameter.words())
                        .allSatisfy(word -> assertThat(help).contains(word));
            }
        }
    }

    private static String quoted(String text) {
        return Pattern.quote(text);
    }

    @Test
    void shouldCompleteEveryCommandItsOptionsAndItsWords() {
        for (CommandDescription command : described()) {
            String name = command.name();
            assertThat(completed(name)).contains(name);
            for (CommandParameter parameter : command.parameters()) {
                if (parameter.isOption()) {
                    assertThat(completed(name, "-")).as(name).contains(parameter.name());
                    assertThat(completed(
                                    name,
                                    parameter
                                            .name()
                                            .substring(0, parameter.name().length() - 1)))
                            .as(name)
                            .contains(parameter.name());
                }
            }
            if (!command.parameters().isEmpty()) {
                List<String> first = command.parameters().getFirst().words();
                assertThat(completed(name, "")).as(name).containsAll(first);
            }
        }
    }

    private List<String> completed(String... words) {
        String[] typed = new String[words.length + 1];
        typed[0] = CommandCatalogue.COMPLETE;
        System.arraycopy(words, 0, typed, 1, words.length);
        return commands.run(typed)
                .out()
                .lines()
                .map(line -> line.split("\t", 2)[0])
                .toList();
    }
}
