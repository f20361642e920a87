// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.cli;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The terminal of whoever typed a command, if there is one. */
final class Tty {
    static final int INPUT = 0;
    static final int OUTPUT = 1;
    static final int ERRORS = 2;

    private static final Path CONTROLLING = Path.of("/dev/tty");

    private Tty() {}

    /** The terminal a standard stream leads to; empty when that is a file or a pipe. */
    static Optional<Path> of(int descriptor) {
        try {
            Path target = Files.readSymbolicLink(Path.of("/proc/self/fd", Integer.toString(descriptor)));
            boolean terminal =
                    target.startsWith("/dev/pts") || target.toString().startsWith("/dev/tty");
            return terminal ? Optional.of(target) : Optional.empty();
        } catch (IOException closed) {
            return Optional.empty();
        }
    }

    /** Columns of a terminal; empty when it does not say. */
    static Optional<Integer> width(Path terminal) {
        try {
            Process process = new ProcessBuilder("stty", "size")
                    .redirectInput(terminal.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String size = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            return size.matches("\\d+ [1-9]\\d*")
                    ? Optional.of(Integer.parseInt(size.substring(size.indexOf(' ') + 1)))
                    : Optional.empty();
        } catch (IOException noStty) {
            return Optional.empty();
        }
    }

    /** Asks the user, who sees standard error; no where nobody can be asked. */
    static boolean agrees() {
        if (of(ERRORS).isEmpty()) {
            return false;
        }
        try (FileInputStream in = new FileInputStream(CONTROLLING.toFile());
                PrintStream out = new PrintStream(new FileOutputStream(CONTROLLING.toFile()), true)) {
            out.print("Do it? [y/N] ");
            int answer = in.read();
            for (int rest = answer; rest >= 0 && rest != '\n'; ) {
                rest = in.read();
            }
            return answer == 'y' || answer == 'Y';
        } catch (IOException nobody) {
            return false;
        }
    }
}
