// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TypedLinesTest {
    @TempDir
    private Path directory;

    /** Who hears of a Ctrl-C now; the default handler ends the JVM. */
    private static Terminal.SignalHandler handler(Terminal terminal) {
        Terminal.SignalHandler now = terminal.handle(Terminal.Signal.INT, Terminal.SignalHandler.SIG_IGN);
        terminal.handle(Terminal.Signal.INT, now);
        return now;
    }

    @Test
    void shouldOutliveACtrlCThatComesBetweenTwoLines() throws Exception {
        try (Terminal terminal = TerminalBuilder.builder()
                        .system(false)
                        .type("dumb")
                        .streams(InputStream.nullInputStream(), OutputStream.nullOutputStream())
                        .build();
                TypedLines lines = TypedLines.on(terminal, directory.resolve("command"))) {
            assertThat(handler(terminal)).as("before the first").isNotEqualTo(Terminal.SignalHandler.SIG_DFL);

            int status = lines.interruptibly(() -> {
                terminal.raise(Terminal.Signal.INT);
                return Thread.currentThread().isInterrupted() ? 1 : 0;
            });

            assertThat(status).as("it reached the line").isEqualTo(1);
            assertThat(handler(terminal)).as("after it").isNotEqualTo(Terminal.SignalHandler.SIG_DFL);
        }
    }
}
