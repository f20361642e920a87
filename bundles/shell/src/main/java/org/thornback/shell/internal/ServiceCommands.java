// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.shell.internal;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.thornback.api.command.NodeCommand;

/**
 * The commands that are services. None is made before somebody runs it: a start does not wait for what it may never
 * need. Safe from any thread.
 */
@Component
public final class ServiceCommands implements Commands {
    private final BundleContext context;
    private final Map<String, ServiceReference<NodeCommand>> references = new ConcurrentHashMap<>();

    /**
     * Knows none yet.
     *
     * @param context gets the services.
     */
    @Activate
    public ServiceCommands(BundleContext context) {
        this.context = requireNonNull(context, "context");
    }

    /**
     * A command comes.
     *
     * @param reference to it.
     */
    @Reference(
            service = NodeCommand.class,
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC)
    public void addCommand(ServiceReference<NodeCommand> reference) {
        namesOf(reference).forEach(name -> references.put(name, reference));
    }

    /**
     * A command goes.
     *
     * @param reference what runs may run to its end.
     */
    public void removeCommand(ServiceReference<NodeCommand> reference) {
        namesOf(reference).forEach(name -> references.remove(name, reference));
    }

    /** The names a command has. */
    static List<String> namesOf(ServiceReference<NodeCommand> reference) {
        return switch (reference.getProperty(NodeCommand.NAME)) {
            case String name -> List.of(name);
            case String[] names -> List.of(names);
            case null, default -> List.of();
        };
    }

    @Override
    public SortedSet<String> names() {
        return new TreeSet<>(references.keySet());
    }

    @Override
    public <T> Optional<T> use(String name, Function<NodeCommand, T> action) {
        ServiceReference<NodeCommand> reference = references.get(name);
        NodeCommand command = reference == null ? null : context.getService(reference);
        if (command == null) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(action.apply(command));
        } finally {
            context.ungetService(reference);
        }
    }
}
