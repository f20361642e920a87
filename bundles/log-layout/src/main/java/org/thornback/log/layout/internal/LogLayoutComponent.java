// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.log.layout.internal;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.LoggerFactory;
import org.thornback.api.InvalidInputException;
import org.thornback.api.cluster.StartAnswer;
import org.thornback.api.config.Configuration;
import org.thornback.api.config.LiveOptions;
import org.thornback.api.config.OptionCatalogue;
import org.thornback.api.session.ComponentLog;
import org.thornback.api.session.Session;
import org.thornback.api.session.SessionLayout;

/** Begins the session of this node: directories, log files of every component, and the services that tell of them. */
@Component(
        immediate = true,
        service = {})
public final class LogLayoutComponent {
    private static final List<String> COMPONENTS =
            List.of("raylet", "plasma_store", "log_monitor", "monitor", "webui", "redis");

    private SessionDirectories session;
    private ComponentStreams streams;
    private List<ServiceRegistration<?>> registrations = List.of();

    /**
     * Makes the directories and registers, or refuses the start.
     *
     * @param context       registers the services.
     * @param configuration says where sessions go and how logs rotate.
     * @param layout        says what they are called.
     * @param answer        hears of problems.
     */
    @Activate
    public LogLayoutComponent(
            BundleContext context,
            @Reference Configuration configuration,
            @Reference SessionLayout layout,
            @Reference StartAnswer answer) {
        requireNonNull(context, "context");
        Map<String, String> environment = System.getenv();
        try {
            Path root = TempRoot.resolve(
                    configuration.find(OptionCatalogue.TEMP_DIR),
                    environment,
                    System.getProperty("user.name"),
                    answer::remark);
            long pid = ProcessHandle.current().pid();
            session = SessionDirectories.create(root, layout, LocalDateTime.now(), pid, environment);
        } catch (InvalidInputException e) {
            answer.refuse(List.of(e.getMessage()));
            return;
        } catch (IOException e) {
            answer.refuse(List.of("the session directory cannot be made: " + e + "; give another --temp-dir."));
            return;
        }
        streams = new ComponentStreams(session.logs(), layout, LogOptions.rules(configuration));
        COMPONENTS.forEach(streams::attach);
        if (!configuration.value(OptionCatalogue.INCLUDE_WEBUI).equals("true")) {
            LoggerFactory.getLogger("ray.webui").info("The web console is off: `ray start --include-webui` starts it.");
        }
        registrations = List.of(
                context.registerService(Session.class, session, null),
                context.registerService(ComponentLog.class, streams, null),
                context.registerService(LiveOptions.class, new LogOptions(streams), null));
    }

    /** Ends the session: sockets go, logs stay. */
    @Deactivate
    public void close() {
        registrations.forEach(ServiceRegistration::unregister);
        if (streams != null) {
            streams.close();
        }
        if (session != null) {
            session.close();
        }
    }
}
