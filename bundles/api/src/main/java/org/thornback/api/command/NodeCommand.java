// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.command;

import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One operator command of a running node, or several that belong together, reached through the node's command socket and the
 * shell.
 *
 * <p>Registered as a service with property {@link #NAME}. Called on a virtual thread of the command server, several calls at
 * once. It only asks services and shows what they say.
 */
@ConsumerType
public interface NodeCommand {

    /** Service property: the word the user types, for instance {@code status}; or an array of several. */
    String NAME = "thornback.command.name";

    /**
     * Reads {@link #NAME}.
     *
     * @param property as the service has it.
     * @return the words; none when it is neither a word nor several.
     */
    static List<String> names(Object property) {
        return switch (property) {
            case String name -> List.of(name);
            case String[] names -> List.of(names);
            case null, default -> List.of();
        };
    }

    /**
     * Runs the command.
     *
     * @param arguments what stood behind the command's name.
     * @param out       standard output of the user.
     * @param err       standard error of the user.
     * @return exit status: 0 done, 1 refused or failed with one sentence on {@code err}, 2 wrong usage,
     *     {@link CommandProtocol#UNCONFIRMED} when the user has to agree first.
     */
    int run(List<String> arguments, PrintStream out, PrintStream err);

    /**
     * Runs the command by one of its names.
     *
     * @param name      the word the user typed.
     * @param arguments what stood behind it.
     * @param out       standard output of the user.
     * @param err       standard error of the user.
     * @return exit status, as {@link #run(List, PrintStream, PrintStream)} gives it.
     */
    default int run(String name, List<String> arguments, PrintStream out, PrintStream err) {
        return run(arguments, out, err);
    }

    /**
     * Describes the command, for its help and completion.
     *
     * @param name one of its names.
     * @return empty when it tells nobody what may stand behind it.
     */
    default Optional<CommandDescription> description(String name) {
        return CommandCatalogue.find(name);
    }

    /**
     * Whether its thread is interrupted when its user goes away: it may run without end, and stopping it anywhere does no
     * harm.
     *
     * @return false for a command that is better brought to its end.
     */
    default boolean endsWithItsUser() {
        return false;
    }
}
