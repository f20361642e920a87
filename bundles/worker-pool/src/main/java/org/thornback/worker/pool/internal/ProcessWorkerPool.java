// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.worker.pool.internal;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thornback.api.config.Configuration;
import org.thornback.api.config.LiveOptions;
import org.thornback.api.config.Option;
import org.thornback.api.config.OptionCatalogue;
import org.thornback.api.id.BinaryId;
import org.thornback.api.session.ComponentLog;
import org.thornback.api.session.Session;
import org.thornback.api.worker.WorkerDemand;
import org.thornback.api.worker.WorkerInfo;
import org.thornback.api.worker.WorkerPool;

/**
 * Worker JVMs of this node.
 *
 * <ul>
 *   <li>As many warm ones as CPUs, or as an option says, wait without a job; used ones are replaced when the node has been
 *       quiet for a moment.
 *   <li>No more JVMs start at once than there are CPUs.
 *   <li>A worker ends when the pipe to its standard input does, so none outlives the node.
 * </ul>
 *
 * <p>One lock guards the tables. The listener is called without it, from the timer thread.
 */
@Component(service = {WorkerPool.class, LiveOptions.class})
public final class ProcessWorkerPool implements WorkerPool, LiveOptions {
    private static final Logger LOG = LoggerFactory.getLogger("ray.raylet");
    private static final int SIGNAL_BASE = 128;
    private static final long TICK_MILLIS = 100;
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Session session;
    private final ComponentLog logs;
    private final UnaryOperator<String> properties;
    private final int cpus;
    private int kept;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("ray-worker-pool").factory());
    private final WorkerTable workers = new WorkerTable();
    private final Map<Long, WorkerDemand> demands = new LinkedHashMap<>();
    private final Map<BinaryId, Long> startedFor = new HashMap<>();
    private final Deque<Runnable> news = new ArrayDeque<>();
    private final StartPause pause = new StartPause();
    private WorkerLauncher launcher;
    private Listener listener;
    private long lastDemand;
    private boolean closed;

    /**
     * Takes what it needs; starts nothing before {@link #open}.
     *
     * @param session of this node.
     * @param logs    gives workers their files.
     * @param context knows the distribution.
     */
    @Activate
    public ProcessWorkerPool(@Reference Session session, @Reference ComponentLog logs, BundleContext context) {
        this(session, logs, context::getProperty, Runtime.getRuntime().availableProcessors());
    }

    ProcessWorkerPool(Session session, ComponentLog logs, UnaryOperator<String> properties, int cpus) {
        this.session = requireNonNull(session, "session");
        this.logs = requireNonNull(logs, "logs");
        this.properties = requireNonNull(properties, "properties");
        this.cpus = cpus;
        this.kept = cpus;
        lastDemand = System.nanoTime() - QUIET_NANOS - 1; // it has been quiet
    }

    /**
     * The configuration is there.
     *
     * @param configuration says how many workers wait ahead of need.
     */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void setConfiguration(Configuration configuration) {
        take(configuration);
    }

    /**
     * The configuration has gone; what it said still holds.
     *
     * @param configuration that goes.
     */
    public void unsetConfiguration(Configuration configuration) {
        // nothing changes until another one says otherwise
    }

    @Override
    public Set<Option<?>> options() {
        return Set.of(OptionCatalogue.NUM_WARM_WORKERS);
    }

    @Override
    public synchronized void take(Configuration now) {
        kept = now.find(OptionCatalogue.NUM_WARM_WORKERS).orElse(cpus);
    }

    @Override
    public void open(Path rayletSocket, Listener poolListener) {
        synchronized (this) {
            listener = requireNonNull(poolListener, "poolListener");
            launcher = WorkerLauncher.of(properties, session.directory(), rayletSocket, logs);
            refill(System.nanoTime());
        }
        timer.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public boolean registered(BinaryId id) {
        synchronized (this) {
            Worker worker = workers.find(id);
            if (worker == null) {
                return false;
            }
            pause.end();
            worker.idle(System.nanoTime());
            Long demandId = startedFor.remove(id);
            WorkerDemand demand = demandId == null ? null : demands.remove(demandId);
            if (demand != null) {
                lend(worker, demandId, demand);
            }
            serve();
        }
        tell();
        return true;
    }

    @Override
    public void demand(long demandId, WorkerDemand demand) {
        synchronized (this) {
            lastDemand = System.nanoTime();
            demands.put(demandId, demand);
            serve();
        }
        tell();
    }

    @Override
    public synchronized void cancel(long demandId) {
        demands.remove(demandId);
        startedFor.values().removeIf(id -> id == demandId);
    }

    @Override
    public void giveBack(BinaryId id) {
        synchronized (this) {
            Worker worker = workers.find(id);
            if (worker != null) {
                worker.idle(System.nanoTime());
            }
            serve();
        }
        tell();
    }

    @Override
    public synchronized void kill(BinaryId id) {
        Worker worker = workers.find(id);
        if (worker != null) {
            worker.end();
        }
    }

    @Override
    public synchronized void endJob(int jobId) {
        demands.values().removeIf(demand -> demand.jobId() == jobId);
        for (Worker worker : workers.all()) {
            if (worker.jobId() == jobId) {
                worker.end();
            }
        }
    }

    @Override
    public synchronized List<WorkerInfo> workers() {
        return workers.all().stream().map(Worker::info).toList();
    }

    /** Ends every worker; returns when they are gone. */
    @Deactivate
    public void close() {
        List<Process> processes;
        synchronized (this) {
            closed = true;
            processes = workers.all().stream().map(Worker::process).toList();
        }
        timer.shutdownNow();
        processes.forEach(Process::destroyForcibly);
        processes.forEach(process -> process.onExit().join());
    }

    private void tick() {
        try {
            synchronized (this) {
                long now = System.nanoTime();
                refill(now);
                workers.surplus(now, kept).forEach(Worker::end);
                serve();
            }
            tell();
        } catch (RuntimeException e) {
            LOG.error("the worker pool goes on after a defect", e); // a timer would never tick again
        }
    }

    /** Meets demands with idle workers, and starts workers for the rest. */
    private void serve() {
        for (Iterator<Map.Entry<Long, WorkerDemand>> all = demands.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<Long, WorkerDemand> entry = all.next();
            Optional<Worker> idle = workers.idle(entry.getValue());
            if (idle.isPresent()) {
                all.remove();
                startedFor.values().remove(entry.getKey());
                lend(idle.get(), entry.getKey(), entry.getValue());
            } else if (!isStartingFor(entry.getKey(), entry.getValue())
                    && mayStart()
                    && !startFor(entry.getKey(), entry.getValue())) {
                all.remove();
            }
        }
    }

    /** Whether a worker is on its way for a demand; one that is for nobody (any more) will do. */
    private boolean isStartingFor(long demandId, WorkerDemand demand) {
        if (!startedFor.containsValue(demandId)) {
            workers.starting(demand)
                    .filter(worker -> !startedFor.containsKey(worker.id()))
                    .findFirst()
                    .ifPresent(worker -> startedFor.put(worker.id(), demandId));
        }
        return startedFor.containsValue(demandId);
    }

    private void lend(Worker worker, long demandId, WorkerDemand demand) {
        worker.lend(demand.jobId());
        news.add(() -> listener.available(demandId, worker.id()));
    }

    private boolean mayStart() {
        return !closed && workers.starting() < cpus;
    }

    private void refill(long now) {
        boolean quiet = now - lastDemand > QUIET_NANOS && pause.isOver(now);
        long warm = workers.warm();
        while (demands.isEmpty() && quiet && warm < kept && mayStart()) {
            quiet = start(List.of(), Map.of()).isPresent();
            warm++;
        }
    }

    /** False when that is not possible, which the listener then hears. */
    private boolean startFor(long demandId, WorkerDemand demand) {
        Optional<Worker> worker = start(demand.jvmOptions(), demand.environment());
        worker.ifPresentOrElse(
                started -> startedFor.put(started.id(), demandId),
                () -> news.add(
                        () -> listener.failed(demandId, "a worker process could not be started; raylet.err says why")));
        return worker.isPresent();
    }

    private Optional<Worker> start(List<String> jvmOptions, Map<String, String> environment) {
        try {
            Worker worker = launcher.start(jvmOptions, environment);
            workers.add(worker);
            // Never on this thread: a process that ends at once is entered first.
            worker.process().onExit().thenAcceptAsync(ended -> ended(worker.id(), ended));
            return Optional.of(worker);
        } catch (IOException | RuntimeException e) {
            pause.failed(System.nanoTime());
            LOG.error("a worker could not be started: {}", e.getMessage(), e);
            return Optional.empty();
        }
    }

    private void ended(BinaryId id, Process process) {
        synchronized (this) {
            Worker worker = workers.remove(id);
            Long demandId = startedFor.remove(id);
            if (closed) {
                return;
            }
            if (worker.isStarting() && !worker.isEnding()) {
                pause.failed(System.nanoTime());
                endedTooEarly(demandId, process, "worker-" + id.hex() + ".err");
            }
            news.add(() -> listener.ended(id, process.pid(), process.exitValue()));
        }
        tell();
    }

    private void endedTooEarly(Long demandId, Process process, String file) {
        String reason = "worker pid=" + process.pid() + " ended with status=" + process.exitValue()
                + " before it registered; " + file + " says why";
        boolean killed = process.exitValue() > SIGNAL_BASE && !pause.isHopeless();
        if (demandId == null || killed || demands.remove(demandId) == null) {
            LOG.warn(reason);
            serve(); // whoever waits for it gets another
        } else {
            news.add(() -> listener.failed(demandId, reason));
        }
    }

    private void tell() {
        while (true) {
            Runnable next;
            synchronized (this) {
                next = news.poll();
            }
            if (next == null) {
                return;
            }
            next.run();
        }
    }
}
