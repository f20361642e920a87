// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.door;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.thornback.api.command.Commands;
import org.thornback.api.command.NodeCommand;

/**
 * The commands that are services, asked of the framework each time. None is made before somebody runs it: a start does not wait
 * for what it may never need.
 *
 * @param context gets the services.
 */
public record RegisteredCommands(BundleContext context) implements Commands {

    /** Checks that there is a framework. */
    public RegisteredCommands {
        requireNonNull(context, "context");
    }

    @Override
    public SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>();
        references().forEach(reference -> names.addAll(NodeCommand.names(reference.getProperty(NodeCommand.NAME))));
        return names;
    }

    @Override
    public <T> Optional<T> use(String name, Function<NodeCommand, T> action) {
        for (ServiceReference<NodeCommand> reference : references()) {
            if (NodeCommand.names(reference.getProperty(NodeCommand.NAME)).contains(name)) {
                return use(reference, action);
            }
        }
        return Optional.empty();
    }

    private <T> Optional<T> use(ServiceReference<NodeCommand> reference, Function<NodeCommand, T> action) {
        NodeCommand command = context.getService(reference);
        if (command == null) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(action.apply(command));
        } finally {
            context.ungetService(reference);
        }
    }

    /** Those of the highest ranking first. */
    private Collection<ServiceReference<NodeCommand>> references() {
        try {
            return context.getServiceReferences(NodeCommand.class, null).stream()
                    .sorted((one, other) -> other.compareTo(one))
                    .toList();
        } catch (InvalidSyntaxException impossible) {
            throw new IllegalStateException(impossible);
        } catch (IllegalStateException ended) {
            return List.of();
        }
    }
}
