// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.cli;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/**
 * Standard output and standard error of a node that has left its terminal: each line becomes a log line.
 *
 * <p>Our own code prints nothing there; libraries and the JDK sometimes do. Safe from any thread.
 */
final class LineLog extends OutputStream {
    private static final int LONGEST = 8_192;

    private final Consumer<String> log;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    private LineLog(Consumer<String> log) {
        this.log = requireNonNull(log, "log");
    }

    /**
     * Closes the terminal's streams and puts log lines in their place. The JDK keeps the descriptors 0 to 2 taken, by the
     * null device.
     */
    static void replaceStandardStreams() {
        PrintStream out = System.out;
        PrintStream err = System.err;
        System.setOut(stream(LoggerFactory.getLogger("stdout")::info));
        System.setErr(stream(LoggerFactory.getLogger("stderr")::warn));
        out.close();
        err.close();
    }

    private static PrintStream stream(Consumer<String> log) {
        return new PrintStream(new LineLog(log), true, StandardCharsets.UTF_8);
    }

    @Override
    public synchronized void write(int b) {
        if (b == '\n' || line.size() >= LONGEST) {
            log.accept(line.toString(StandardCharsets.UTF_8).stripTrailing());
            line.reset();
        }
        if (b != '\n') {
            line.write(b);
        }
    }
}
