// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.shell.internal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.felix.gogo.runtime.CommandNotFoundException;

/** Says in a sentence why a line of the Felix shell failed. Stateless. */
final class ShellFailure {
    /** What Gogo says when no method of a command takes the words. */
    private static final Pattern NOT_TAKEN =
            Pattern.compile("Cannot coerce ([^(]+)\\(.*\\) to any of .*", Pattern.DOTALL);

    private ShellFailure() {}

    /** The sentence, and the status it ends with. */
    static RefusedException of(Exception failure) {
        if (failure instanceof RefusedException refused) {
            return refused;
        }
        if (failure instanceof CommandNotFoundException unknown) {
            return RefusedException.because("there is no command=" + unknown.getCommand()
                    + "; `help` lists ours, and `felix:help` those of the Felix shell.");
        }
        String message = failure.getMessage();
        if (message == null || message.isBlank()) {
            return RefusedException.because(failure.getClass().getSimpleName());
        }
        Matcher notTaken = NOT_TAKEN.matcher(message);
        return notTaken.matches()
                ? RefusedException.usage("command=" + notTaken.group(1) + " does not take these words; `felix:help "
                        + notTaken.group(1) + "` shows what it takes.")
                : RefusedException.because(message.strip());
    }
}
