// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.shell.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.thornback.api.command.Commands;

/** Shows {@code ray feature} in the Gogo shell in the way of other containers, too: {@code feature:list} and so on. */
@Component(
        service = {},
        immediate = true)
public final class FeatureScope {
    private final List<ServiceRegistration<Function>> shown = new ArrayList<>();

    /**
     * Shows it.
     *
     * @param context registers the functions.
     * @param command runs what does the work.
     */
    @Activate
    public FeatureScope(BundleContext context, @Reference Commands command) {
        for (String verb : List.of("list", "install", "uninstall")) {
            Function function = (session, arguments) -> run(command, verb, session, arguments);
            shown.add(context.registerService(
                    Function.class,
                    function,
                    FrameworkUtil.asDictionary(Map.of(
                            CommandProcessor.COMMAND_SCOPE, "feature", CommandProcessor.COMMAND_FUNCTION, verb))));
        }
    }

    /** Shows it no more. */
    @Deactivate
    public void close() {
        shown.forEach(ServiceRegistration::unregister);
    }

    private static Object run(Commands command, String verb, CommandSession session, List<Object> arguments) {
        List<Object> words = new ArrayList<>(arguments);
        words.addFirst(verb);
        return GogoCommands.run(command, "feature", session, words);
    }
}
