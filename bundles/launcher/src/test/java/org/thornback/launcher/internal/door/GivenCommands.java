// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.door;

import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.thornback.api.command.Commands;
import org.thornback.api.command.NodeCommand;

/** Commands a test gives. */
final class GivenCommands implements Commands {
    private final Map<String, NodeCommand> commands = new ConcurrentHashMap<>();

    void put(String name, NodeCommand command) {
        commands.put(name, command);
    }

    @Override
    public SortedSet<String> names() {
        return new TreeSet<>(commands.keySet());
    }

    @Override
    public <T> Optional<T> use(String name, Function<NodeCommand, T> action) {
        return Optional.ofNullable(commands.get(name)).map(action);
    }
}
