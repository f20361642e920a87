// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.examples.atlas;

import java.io.Console;
import java.io.PrintStream;

/** Shows how far the work is: on a terminal one line that is drawn anew, elsewhere a line each quarter. */
public final class ProgressBar {
    private static final int WIDTH = 40;
    private static final int QUARTERS = 4;

    private final PrintStream out;
    private final boolean terminal;
    private final int total;
    private int drawn = -1;

    ProgressBar(PrintStream out, boolean terminal, int total) {
        this.out = out;
        this.terminal = terminal;
        this.total = total;
    }

    /** A bar on standard output. */
    public static ProgressBar onStandardOutput(int total) {
        Console console = System.console();
        return new ProgressBar(System.out, console != null && console.isTerminal(), total);
    }

    /** Draws, when there is something new to see. */
    public void show(int done) {
        int steps = terminal ? WIDTH : QUARTERS;
        int reached = (int) ((long) done * steps / total);
        if (reached == drawn) {
            return;
        }
        drawn = reached;
        int percent = (int) (100L * done / total);
        if (!terminal) {
            out.println("  " + percent + " % of " + total + " tasks");
            return;
        }
        out.print("\r  [" + "#".repeat(reached) + "-".repeat(steps - reached) + "] " + percent + " % ");
        if (done == total) {
            out.println();
        }
        out.flush();
    }
}
