// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.command;

import java.io.PrintStream;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One operator command of a running node, reached through the node's command socket and the shell.
 *
 * <p>Registered as a service with property {@link #NAME}. Called on a virtual thread of the command server, several calls at
 * once. It only asks services and shows what they say.
 */
@ConsumerType
public interface NodeCommand {

    /** Service property: the word the user types, for instance {@code status}. */
    String NAME = "thornback.command.name";

    /**
     * Runs the command.
     *
     * @param arguments what stood behind the command's name.
     * @param out       standard output of the user.
     * @param err       standard error of the user.
     * @return exit status: 0 done, 1 refused or failed with one sentence on {@code err}, 2 wrong usage.
     */
    int run(List<String> arguments, PrintStream out, PrintStream err);
}
