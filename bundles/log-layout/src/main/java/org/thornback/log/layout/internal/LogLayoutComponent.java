// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.log.layout.internal;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.slf4j.LoggerFactory;
import org.thornback.api.InvalidInputException;
import org.thornback.api.cluster.StartAnswer;
import org.thornback.api.config.Configuration;
import org.thornback.api.config.LiveOptions;
import org.thornback.api.config.OptionCatalogue;
import org.thornback.api.keeper.Keeper;
import org.thornback.api.session.ComponentLog;
import org.thornback.api.session.Session;
import org.thornback.api.session.SessionLayout;

/**
 * Begins the session of this node, or goes on with the one a predecessor left: directories, log files of every component, and
 * the services that tell of them.
 */
@Component(
        immediate = true,
        service = {})
public final class LogLayoutComponent {
    private static final List<String> COMPONENTS =
            List.of("raylet", "plasma_store", "log_monitor", "monitor", "webui", "redis");

    private static final String ESTATE = "log-layout";
    private static final String END = "log-layout-end"; // for the node's end, if no successor comes

    private final Optional<Keeper> keeper;
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
     * @param keeper        has the session of a predecessor, if it is there.
     */
    @Activate
    public LogLayoutComponent(
            BundleContext context,
            @Reference Configuration configuration,
            @Reference SessionLayout layout,
            @Reference StartAnswer answer,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL) Keeper keeper) {
        requireNonNull(context, "context");
        this.keeper = Optional.ofNullable(keeper);
        try {
            Optional<SessionDirectories> kept =
                    this.keeper.flatMap(there -> there.take(ESTATE, Map.class)).map(SessionDirectories::of);
            this.keeper.ifPresent(there -> there.take(END, AutoCloseable.class));
            session = kept.isPresent() ? kept.get() : begin(configuration, layout, answer);
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

    private static SessionDirectories begin(Configuration configuration, SessionLayout layout, StartAnswer answer)
            throws IOException {
        Map<String, String> environment = System.getenv();
        Path root = TempRoot.resolve(
                configuration.find(OptionCatalogue.TEMP_DIR),
                environment,
                System.getProperty("user.name"),
                answer::remark);
        long pid = ProcessHandle.current().pid();
        return SessionDirectories.create(root, layout, LocalDateTime.now(), pid, environment);
    }

    /** Leaves the session to a successor, or ends it with the node: sockets go, logs stay. */
    @Deactivate
    public void close() {
        registrations.forEach(ServiceRegistration::unregister);
        if (streams != null) {
            streams.close();
        }
        if (session == null) {
            return;
        }
        boolean left = keeper.filter(
                        kept -> kept.leave(ESTATE, session.estate()) && kept.leave(END, (AutoCloseable) session::close))
                .isPresent();
        if (!left) {
            session.close();
        }
    }
}
