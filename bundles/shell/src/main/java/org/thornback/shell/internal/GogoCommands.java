// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.shell.internal;

import static java.util.Objects.requireNonNull;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.apache.felix.service.command.Process;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.thornback.api.command.NodeCommand;

/** Shows every {@link NodeCommand} in the Gogo shell, as {@code ray:NAME}. Safe from any thread. */
@Component(
        service = {},
        immediate = true)
public final class GogoCommands {
    private static final String SCOPE = "ray";

    private final BundleContext context;
    private final Map<NodeCommand, ServiceRegistration<Function>> shown = new ConcurrentHashMap<>();

    /**
     * Shows nothing yet.
     *
     * @param context registers the functions.
     */
    @Activate
    public GogoCommands(BundleContext context) {
        this.context = requireNonNull(context, "context");
    }

    /**
     * A command comes.
     *
     * @param command    to be shown.
     * @param properties of the service, with its name.
     */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public void addCommand(NodeCommand command, Map<String, Object> properties) {
        Map<String, Object> named = Map.of(
                CommandProcessor.COMMAND_SCOPE,
                SCOPE,
                CommandProcessor.COMMAND_FUNCTION,
                String.valueOf(properties.get(NodeCommand.NAME)));
        Function function = (session, arguments) -> run(command, session, arguments);
        shown.put(command, context.registerService(Function.class, function, FrameworkUtil.asDictionary(named)));
    }

    /**
     * A command goes.
     *
     * @param command to be shown no longer.
     */
    public void removeCommand(NodeCommand command) {
        ServiceRegistration<Function> registration = shown.remove(command);
        if (registration != null) {
            registration.unregister();
        }
    }

    /**
     * What the command says goes where the line's output goes, also into a pipe; nothing is returned, for Gogo would print it
     * again.
     */
    private static Object run(NodeCommand command, CommandSession session, List<Object> arguments) {
        List<String> texts = arguments.stream().map(String::valueOf).toList();
        Process process = Process.Utils.current();
        PrintStream out = process == null ? session.getConsole() : process.out();
        PrintStream err = process == null ? session.getConsole() : process.err();
        session.put(ExecCommand.STATUS, command.run(texts, out, err));
        return null;
    }
}
