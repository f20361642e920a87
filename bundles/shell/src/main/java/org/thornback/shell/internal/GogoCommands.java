// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.shell.internal;

import static java.util.Objects.requireNonNull;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.apache.felix.service.command.Process;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.thornback.api.command.CommandCatalogue;
import org.thornback.api.command.CommandParameter;
import org.thornback.api.command.Commands;
import org.thornback.api.command.NodeCommand;

/** Shows every {@link NodeCommand} that users type in the Gogo shell, as {@code ray:NAME}. Safe from any thread. */
@Component(
        service = {},
        immediate = true)
public final class GogoCommands {
    private static final String SCOPE = "ray";

    private final BundleContext context;
    private final Commands commands;
    private final Map<ServiceReference<NodeCommand>, List<ServiceRegistration<Function>>> shown =
            new ConcurrentHashMap<>();

    /**
     * Shows nothing yet.
     *
     * @param context  registers the functions.
     * @param commands run when they are called.
     */
    @Activate
    public GogoCommands(BundleContext context, @Reference Commands commands) {
        this.context = requireNonNull(context, "context");
        this.commands = requireNonNull(commands, "commands");
    }

    /**
     * A command comes.
     *
     * @param reference to what is to be shown.
     */
    @Reference(
            service = NodeCommand.class,
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC)
    public void addCommand(ServiceReference<NodeCommand> reference) {
        shown.put(
                reference,
                NodeCommand.names(reference.getProperty(NodeCommand.NAME)).stream()
                        .filter(name -> !CommandCatalogue.UNTYPED.contains(name))
                        .map(this::show)
                        .toList());
    }

    /**
     * A command goes.
     *
     * @param reference to what is to be shown no longer.
     */
    public void removeCommand(ServiceReference<NodeCommand> reference) {
        List<ServiceRegistration<Function>> registrations = shown.remove(reference);
        if (registrations != null) {
            registrations.forEach(ServiceRegistration::unregister);
        }
    }

    private ServiceRegistration<Function> show(String name) {
        Map<String, Object> named =
                Map.of(CommandProcessor.COMMAND_SCOPE, SCOPE, CommandProcessor.COMMAND_FUNCTION, name);
        Function function = (session, arguments) -> run(commands, name, session, arguments);
        return context.registerService(Function.class, function, FrameworkUtil.asDictionary(named));
    }

    /**
     * What the command says goes where the line's output goes, also into a pipe; nothing is returned, for Gogo would print it
     * again.
     */
    static Object run(Commands commands, String name, CommandSession session, List<Object> arguments) {
        Process process = Process.Utils.current();
        PrintStream out = process == null ? session.getConsole() : process.out();
        PrintStream err = process == null ? session.getConsole() : process.err();
        Optional<Integer> status =
                commands.use(name, command -> command.run(name, words(command, name, session, arguments), out, err));
        if (status.isEmpty()) {
            err.println("ray " + name + ": its bundle was stopped just now.");
        }
        session.put(ShellSession.STATUS, status.orElse(1));
        return null;
    }

    /** What is known of the user stands before the words of those commands that ask for it. */
    private static List<String> words(
            NodeCommand command, String name, CommandSession session, List<Object> arguments) {
        Set<String> asked = command.description(name).stream()
                .flatMap(about -> about.parameters().stream())
                .map(CommandParameter::name)
                .collect(Collectors.toSet());
        List<?> known = session.get(ShellSession.USER) instanceof List<?> user ? user : List.of();
        return Stream.concat(
                        known.stream()
                                .map(String::valueOf)
                                .filter(option -> asked.contains(option.substring(0, option.indexOf('=')))),
                        arguments.stream().map(String::valueOf))
                .toList();
    }
}
