// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.thornback.api.command.CommandCatalogue;
import org.thornback.api.command.CommandDescription;
import org.thornback.api.command.CommandParameter;
import picocli.CommandLine;

/** Commands of the catalogue on the command line, as far as no node is needed. */
class AskCommandTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private PrintStream out;
    private PrintStream err;

    @BeforeEach
    void capture() {
        out = System.out;
        err = System.err;
        System.setOut(new PrintStream(printed, true, UTF_8));
        System.setErr(new PrintStream(errors, true, UTF_8));
    }

    @AfterEach
    void release() {
        System.setOut(out);
        System.setErr(err);
    }

    static List<CommandDescription> commands() {
        return CommandCatalogue.ALL.stream()
                .filter(command -> !command.name().equals("help")) // the command line has its own
                .toList();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldHelpWithEveryCommandOfTheCatalogueAndItsOptions(CommandDescription command) {
        assertThat(RayCommand.run(List.of(command.name(), "--help"))).isZero();

        assertThat(printed.toString(UTF_8))
                .startsWith("Usage: ray " + command.name())
                .satisfies(help -> assertThat(command.parameters())
                        .extracting(CommandParameter::name)
                        .filteredOn(name -> name.startsWith("--") && !name.equals(CommandCatalogue.WIDTH.name()))
                        .allSatisfy(name -> assertThat(help).contains(name)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        list nodes --jsn | ray list: unknown option --jsn: did you mean --json? See `ray list --help`.
        logs --tail     | ray logs: a value is missing:
        get actor       | ray get: a value is missing:
        kill            | ray kill: a value is missing:
        actors more     | ray actors: unknown argument more:
        """)
    void shouldRefuseOtherWordsInOneSentence(String line, String sentence) {
        assertThat(RayCommand.run(List.of(line.split(" ")))).isEqualTo(2);

        assertThat(errors.toString(UTF_8)).startsWith(sentence).hasLineCount(1);
        assertThat(printed.toString(UTF_8)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        deploy add list                      | add HERE/list
        deploy list                          | list
        deploy remove ../a.jar --json        | remove ABOVE/a.jar --json
        deploy add /tmp/a.jar                | add /tmp/a.jar
        store use file --directory=some/dir  | use file --directory=HERE/some/dir
        store list --json                    | list --json
        config set plasma-backend=shm        | set plasma-backend=shm
        """)
    void shouldTellTheNodeOfFilesWhereItsUserIs(String line, String told) {
        String[] words = line.split(" ");
        AskCommand command = new AskCommand(words[0]);
        CommandLine parser = new CommandLine(command);
        command.describe(parser.getCommandSpec());
        Path here = Path.of("").toAbsolutePath();

        assertThat(String.join(" ", command.words(parser.parseArgs(Arrays.copyOfRange(words, 1, words.length)))))
                .isEqualTo(told.replace("HERE", here.toString())
                        .replace("ABOVE", here.getParent().toString()));
    }

    @Test
    void shouldWantAShellInTheForegroundOnly() {
        assertThat(RayCommand.run(List.of("start", "--head", "--shell"))).isEqualTo(2);

        assertThat(errors.toString(UTF_8))
                .isEqualTo("ray start: `--shell` gives a shell in the foreground: give `--block`, too.\n");
    }
}
