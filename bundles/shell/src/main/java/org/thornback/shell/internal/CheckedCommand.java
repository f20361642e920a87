// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.shell.internal;

import java.io.PrintStream;
import java.util.List;
import org.thornback.api.command.CommandCatalogue;
import org.thornback.api.command.NodeCommand;

/** A command of the catalogue: its words are checked, and what it cannot do is said in one sentence. */
abstract class CheckedCommand implements NodeCommand {
    private final String name;

    CheckedCommand(String name) {
        this.name = name;
    }

    @Override
    public final int run(List<String> arguments, PrintStream out, PrintStream err) {
        return run(name, arguments, out, err);
    }

    @Override
    public final int run(String word, List<String> arguments, PrintStream out, PrintStream err) {
        try {
            return answer(word, new Words(CommandCatalogue.find(word).orElseThrow(), arguments), out, err);
        } catch (RefusedException refused) {
            err.println("ray " + word + ": " + refused.getMessage());
            return refused.status();
        }
    }

    /**
     * Does what was asked for.
     *
     * @param word  the name it was called by.
     * @param words checked.
     * @return exit status; what cannot be done is thrown.
     */
    abstract int answer(String word, Words words, PrintStream out, PrintStream err);
}
