// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.thornback.launcher.internal.cli.ArgumentStream;
import org.thornback.launcher.internal.cli.RayCommand;
import org.thornback.launcher.internal.cli.StatusPipe;

/**
 * Main class behind {@code bin/ray}, for nodes and for commands alike.
 *
 * <p>The words of the command line come through standard input and not as arguments, since a password may be among them and
 * everybody can read the arguments of a process.
 */
public final class Main {
    private Main() {}

    /**
     * Runs one command and ends the process with its exit status.
     *
     * @param arguments the words of the command line, for a start by hand; none when they come through standard input.
     */
    public static void main(String[] arguments) {
        int status;
        try {
            List<String> words = arguments.length > 0 ? List.of(arguments) : words();
            status = RayCommand.run(words);
        } catch (IOException broken) {
            System.err.println("ray: the command line did not arrive: " + broken.getMessage());
            status = 2;
        }
        System.out.flush();
        System.err.flush();
        StatusPipe.tell(status);
        System.exit(status);
    }

    /** Commands that read what their user types get their words through another descriptor. */
    private static List<String> words() throws IOException {
        Integer descriptor = Integer.getInteger("thornback.words");
        if (descriptor == null) {
            return ArgumentStream.read(System.in);
        }
        try (InputStream in = new FileInputStream("/proc/self/fd/" + descriptor)) {
            return ArgumentStream.read(in);
        }
    }
}
