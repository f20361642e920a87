// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.boot;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceReference;
import org.osgi.service.log.LogService;
import org.osgi.service.log.LoggerFactory;
import org.slf4j.Logger;
import org.thornback.api.cluster.StartAnswer;
import org.thornback.api.command.CommandProtocol;
import org.thornback.api.command.Commands;
import org.thornback.api.config.Configuration;
import org.thornback.api.config.LaunchOptions;
import org.thornback.api.health.NodeParts;
import org.thornback.api.session.Session;
import org.thornback.launcher.internal.door.BundleStart;
import org.thornback.launcher.internal.door.CommandServer;
import org.thornback.launcher.internal.door.RegisteredCommands;
import org.thornback.launcher.internal.home.BundleEntry;
import org.thornback.launcher.internal.home.Features;
import org.thornback.launcher.internal.home.Home;
import org.thornback.launcher.internal.keeper.EstateKeeper;
import org.thornback.launcher.internal.record.NodeRecord;
import org.thornback.launcher.internal.record.ProcessId;

/**
 * Turns this process into a node: starts the container, waits for its answer, tells the starter, and stays until the end.
 *
 * <p>One instance for each process. {@link #run} belongs to the main thread; the end may also come from a signal, through
 * the shutdown hook.
 */
public final class NodeStart {
    private static final Logger LOG = org.slf4j.LoggerFactory.getLogger("ray.launcher");
    private static final long LOOK_MILLIS = 100;
    private static final String COMPONENT_RUNTIME = "org.apache.felix.scr";

    private final Features features;
    private final LaunchOptions options;
    private final Starter starter;
    private final long limitNanos;
    private final Answer answer = new Answer();
    private final NodeTraces traces;
    private final Container container;
    private DistributionParts parts;
    private Commands commands;
    private volatile Session session;
    private volatile CommandServer door;
    private volatile EstateKeeper keeper;

    /**
     * Prepares a node.
     *
     * @param home     the distribution.
     * @param features its bundles.
     * @param options what the starter asked for.
     * @param starter who waits.
     * @param limit   longest time until the node must have answered.
     */
    public NodeStart(Home home, Features features, LaunchOptions options, Starter starter, Duration limit) {
        this.features = requireNonNull(features, "features");
        this.options = requireNonNull(options, "options");
        this.starter = requireNonNull(starter, "starter");
        this.limitNanos = limit.toNanos();
        this.traces = new NodeTraces(home.cache().resolve("framework"));
        Map<String, String> properties =
                Map.of("thornback.java", Home.java().toString(), "thornback.owned", Boolean.toString(options.owned()));
        this.container = new Container(home, features, traces.storage(), properties);
    }

    /**
     * Runs the node to its end.
     *
     * @return exit status: 0 after an orderly life, 1 when it could not start.
     */
    public int run() {
        Thread hook = new Thread(this::end, "end");
        Runtime.getRuntime().addShutdownHook(hook);
        return switch (start()) {
            case Answer.Ready(var description) -> {
                NodeRecord record = new NodeRecord(ProcessId.self(), options.owned(), description);
                traces.leave(record);
                LOG.info("node {} is ready, session {}", description.nodeId(), description.sessionDirectory());
                answer.remarks().forEach(starter::remark);
                yield starter.ready(record) ? stay() : abandoned();
            }
            case Answer.Refused(var sentences) -> {
                LOG.warn("the start was refused: {}", sentences);
                Session made = session;
                end();
                traces.removeSession(made);
                starter.refused(sentences);
                yield 1;
            }
            case Answer.Failed(var sentences) -> {
                LOG.error("the start failed: {}", sentences);
                end();
                starter.refused(sentences);
                yield 1;
            }
        };
    }

    private Answer.Outcome start() {
        FirstDowncall.begin();
        try {
            container.open();
            BundleContext context = container.context();
            keeper = new EstateKeeper(context);
            context.registerService(LaunchOptions.class, options, null);
            context.registerService(StartAnswer.class, answer, null);
            context.registerService(
                    new String[] {LogService.class.getName(), LoggerFactory.class.getName()},
                    LogBridge.service(),
                    null);
            ComponentCheck check = new ComponentCheck(context);
            parts = new DistributionParts(container::bundles, check);
            context.registerService(NodeParts.class, parts, null);
            commands = new RegisteredCommands(context);
            context.registerService(Commands.class, commands, null);
            watchSession(context);
            context.addBundleListener(this::endWithoutComponents);
            context.addBundleListener(new ShellStreams());
            List<String> problems = container.startBundles(bundles(false));
            if (!problems.isEmpty()) {
                answer.fail(problems);
            }
            return awaitAnswer(check);
        } catch (BundleException broken) {
            LOG.error("the container did not start", broken);
            return new Answer.Failed(List.of("the container did not start: " + broken.getMessage()));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return new Answer.Failed(List.of("the start was interrupted"));
        }
    }

    private List<BundleEntry> bundles(boolean whenReady) {
        return features.bundles().stream()
                .filter(entry -> (entry.level() >= Features.READY_LEVEL) == whenReady)
                .filter(entry ->
                        entry.option().isEmpty() || isTrue(entry.option().get()))
                .toList();
    }

    /** Before the configuration is there, none is. */
    private boolean isTrue(String option) {
        ServiceReference<Configuration> reference = container.context().getServiceReference(Configuration.class);
        return reference != null
                && container.context().getService(reference).explainAll().stream()
                        .anyMatch(one -> one.option().name().equals(option)
                                && one.value().equals("true"));
    }

    private Answer.Outcome awaitAnswer(ComponentCheck check) throws InterruptedException {
        long deadline = System.nanoTime() + limitNanos;
        while (true) {
            try {
                return answer.outcome().get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException notYet) {
                List<String> failed = check.failed();
                if (!failed.isEmpty()) {
                    answer.fail(withLogs(failed));
                } else if (System.nanoTime() - deadline >= 0) {
                    answer.fail(withLogs(late(check)));
                }
            } catch (ExecutionException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    private List<String> late(ComponentCheck check) {
        List<String> reasons = new ArrayList<>();
        reasons.add("no task can run after " + TimeUnit.NANOSECONDS.toSeconds(limitNanos) + " s.");
        reasons.addAll(check.notRunning());
        return reasons;
    }

    private List<String> withLogs(List<String> sentences) {
        Session known = session;
        List<String> all = new ArrayList<>(sentences);
        if (known != null) {
            all.add("The logs are in " + known.logs() + ".");
        } else if (BootLog.ofThisProcess() instanceof BootLog log) {
            log.kept().stream()
                    .filter(line -> line.contains(" ERROR "))
                    .limit(3)
                    .forEach(all::add);
        }
        return all;
    }

    /** Every part of a node is a component: without their runtime there is no session left, nor anything to come back to. */
    private void endWithoutComponents(BundleEvent event) {
        boolean alone = event.getType() == BundleEvent.STOPPED
                && COMPONENT_RUNTIME.equals(event.getBundle().getSymbolicName())
                && container.context().getBundle().getState() == Bundle.ACTIVE;
        if (alone) {
            LOG.error("bundle={} was stopped, the node ends", COMPONENT_RUNTIME);
            Thread.ofPlatform().name("end").start(this::end);
        }
    }

    /**
     * The session is there long before a task can run: from then on ps shows it and the boot log is in it. It is registered more
     * than once, by its bundle and by the keeper that stands in for it, and is the same.
     */
    private void watchSession(BundleContext context) {
        ServiceListener listener = event -> {
            if (event.getType() == ServiceEvent.REGISTERED) {
                adopt(context, event.getServiceReference());
            }
        };
        try {
            context.addServiceListener(listener, "(objectClass=" + Session.class.getName() + ")");
        } catch (InvalidSyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void adopt(BundleContext context, ServiceReference<?> reference) {
        if (context.getService(reference) instanceof Session found) {
            boolean first = session == null;
            session = found;
            if (first) {
                ProcessTitle.show(found.directory().toString());
                if (BootLog.ofThisProcess() instanceof BootLog log) {
                    log.moveTo(found.logs());
                }
                openDoor(context, found);
            }
        }
    }

    private void openDoor(BundleContext context, Session found) {
        try {
            door = new CommandServer(found.socket(CommandProtocol.SOCKET), commands, parts, new BundleStart(context));
        } catch (IOException full) {
            answer.fail(List.of("the socket for commands cannot be made: " + full.getMessage()));
        }
    }

    private int abandoned() {
        LOG.warn("whoever started this node is gone, the node ends");
        end();
        return 1;
    }

    private int stay() {
        Thread waiting = Thread.ofPlatform().daemon().name("starter").start(() -> {
            try {
                starter.awaitEnd();
                LOG.info("the starter is gone, the node ends");
                end();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            startTheRest();
            container.awaitStop();
            end();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        waiting.interrupt();
        return 0;
    }

    /** What no task needs; without it the node works, too. */
    private void startTheRest() {
        try {
            List<String> problems = container.startBundles(bundles(true));
            problems.forEach(problem -> LOG.error("{}", problem));
        } catch (IllegalStateException ending) {
            LOG.info("the node ends before all of its bundles have started");
        } finally {
            parts.started();
        }
    }

    /** Ends the node, whoever asks; a second caller waits for the first. */
    private synchronized void end() {
        traces.remove();
        CommandServer open = door;
        if (open != null) {
            open.close();
        }
        container.close();
        EstateKeeper kept = keeper;
        if (kept != null) {
            kept.close();
        }
    }

    /**
     * Directory of the running session, for tests.
     *
     * @return null before there is one.
     */
    Path sessionDirectory() {
        Session known = session;
        return known == null ? null : known.directory();
    }
}
