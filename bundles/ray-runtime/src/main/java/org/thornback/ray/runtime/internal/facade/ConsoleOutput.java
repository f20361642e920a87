// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.facade;

import java.io.PrintStream;
import org.thornback.ray.runtime.internal.raylet.WorkerOutput;

/** Prints what workers printed, each line with where it came from, as Ray does. */
final class ConsoleOutput implements WorkerOutput {

    @Override
    public void printed(int pid, String address, boolean errorStream, String lines) {
        PrintStream stream = errorStream ? System.err : System.out;
        String prefix = "(pid=" + pid + ", ip=" + address + ") ";
        StringBuilder text = new StringBuilder(lines.length() + 64);
        lines.lines().forEach(line -> text.append(prefix).append(line).append(System.lineSeparator()));
        stream.print(text);
        stream.flush();
    }

    @Override
    public void notice(String text) {
        System.err.println(text);
    }
}
