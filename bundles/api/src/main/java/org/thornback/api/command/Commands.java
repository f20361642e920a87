// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.command;

import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Function;
import org.osgi.annotation.versioning.ProviderType;

/** The commands of this node by their names; a service of the launcher. Safe from any thread. */
@ProviderType
public interface Commands {

    /**
     * All names.
     *
     * @return in order.
     */
    SortedSet<String> names();

    /**
     * Uses a command while it is there.
     *
     * @param name   of the command.
     * @param action what is done with it.
     * @param <T>    what that gives.
     * @return what the action returns; empty when there is no such command.
     */
    <T> Optional<T> use(String name, Function<NodeCommand, T> action);
}
