// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.worker.pool.internal;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thornback.api.ThornbackException;
import org.thornback.api.id.BinaryId;
import org.thornback.api.session.ComponentLog;
import org.thornback.api.session.Session;
import org.thornback.api.session.StreamPair;
import org.thornback.api.worker.WorkerClassPath;
import org.thornback.api.worker.WorkerDemand;
import org.thornback.api.worker.WorkerInfo;
import org.thornback.api.worker.WorkerPool;

/**
 * Worker JVMs of this node.
 *
 * <ul>
 *   <li>As many warm ones as CPUs wait without a job; used ones are replaced when the node has been quiet for a moment.
 *   <li>No more JVMs start at once than there are CPUs.
 *   <li>A worker ends when the pipe to its standard input does, so none outlives the node.
 * </ul>
 *
 * <p>One lock guards the tables. The listener is called without it, from the timer thread.
 */
@Component
public final class ProcessWorkerPool implements WorkerPool {
    private static final Logger LOG = LoggerFactory.getLogger("ray.raylet");
    private static final long TICK_MILLIS = 100;
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Session session;
    private final ComponentLog logs;
    private final BundleContext context;
    private final int cpus = Runtime.getRuntime().availableProcessors();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("ray-worker-pool").factory());
    private final Map<BinaryId, Worker> workers = new LinkedHashMap<>();
    private final Map<Long, WorkerDemand> demands = new LinkedHashMap<>();
    private final Map<BinaryId, Long> startedFor = new HashMap<>();
    private final Deque<Runnable> news = new ArrayDeque<>();
    private WorkerCommand command;
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
        this.session = requireNonNull(session, "session");
        this.logs = requireNonNull(logs, "logs");
        this.context = requireNonNull(context, "context");
    }

    @Override
    public void open(Path rayletSocket, Listener poolListener) {
        synchronized (this) {
            listener = requireNonNull(poolListener, "poolListener");
            command = new WorkerCommand(
                    Path.of(property("thornback.java")),
                    Path.of(property("thornback.home")),
                    classPath(),
                    Path.of(property("thornback.cache")),
                    Stream.of(Optional.ofNullable(context.getProperty("thornback.worker.options"))
                                    .orElse("")
                                    .split(" "))
                            .filter(option -> !option.isBlank())
                            .toList(),
                    session.directory(),
                    rayletSocket);
            refill();
        }
        timer.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public boolean registered(BinaryId id) {
        synchronized (this) {
            Worker worker = workers.get(id);
            if (worker == null) {
                return false;
            }
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
            Worker worker = workers.get(id);
            if (worker != null) {
                worker.idle(System.nanoTime());
            }
            serve();
        }
        tell();
    }

    @Override
    public synchronized void kill(BinaryId id) {
        Worker worker = workers.get(id);
        if (worker != null) {
            worker.process().destroyForcibly();
        }
    }

    @Override
    public synchronized void endJob(int jobId) {
        demands.values().removeIf(demand -> demand.jobId() == jobId);
        for (Worker worker : workers.values()) {
            if (worker.jobId() == jobId) {
                worker.process().destroyForcibly();
            }
        }
    }

    @Override
    public synchronized List<WorkerInfo> workers() {
        return workers.values().stream().map(Worker::info).toList();
    }

    /** Ends every worker; returns when they are gone. */
    @Deactivate
    public void close() {
        List<Process> processes;
        synchronized (this) {
            closed = true;
            processes = workers.values().stream().map(Worker::process).toList();
        }
        timer.shutdownNow();
        processes.forEach(Process::destroyForcibly);
        processes.forEach(process -> process.onExit().join());
    }

    private void tick() {
        synchronized (this) {
            refill();
            endIdle(System.nanoTime());
            serve();
        }
        tell();
    }

    /** Meets demands with idle workers, and starts workers for the rest. */
    private void serve() {
        for (Iterator<Map.Entry<Long, WorkerDemand>> all = demands.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<Long, WorkerDemand> entry = all.next();
            Optional<Worker> idle = findIdle(entry.getValue());
            if (idle.isPresent()) {
                all.remove();
                startedFor.values().remove(entry.getKey());
                lend(idle.get(), entry.getKey(), entry.getValue());
            } else if (!startedFor.containsValue(entry.getKey()) && mayStart()) {
                startFor(entry.getKey(), entry.getValue());
            }
        }
    }

    private Optional<Worker> findIdle(WorkerDemand demand) {
        if (!demand.plain()) {
            return Optional.empty();
        }
        if (!demand.fresh()) {
            Optional<Worker> again = workers.values().stream()
                    .filter(worker -> worker.servesAgain(demand.jobId()))
                    .findFirst();
            if (again.isPresent()) {
                return again;
            }
        }
        return workers.values().stream()
                .filter(worker -> worker.isIdle() && worker.isWarm())
                .findFirst();
    }

    private void lend(Worker worker, long demandId, WorkerDemand demand) {
        worker.lend(demand.jobId());
        news.add(() -> listener.available(demandId, worker.id()));
    }

    private boolean mayStart() {
        return !closed && workers.values().stream().filter(Worker::isStarting).count() < cpus;
    }

    private void refill() {
        boolean quiet = System.nanoTime() - lastDemand > QUIET_NANOS;
        long warm = workers.values().stream().filter(Worker::isWarm).count();
        while (demands.isEmpty() && quiet && warm < cpus && mayStart()) {
            start(List.of(), Map.of());
            warm++;
        }
    }

    private void startFor(long demandId, WorkerDemand demand) {
        Worker worker = start(demand.jvmOptions(), demand.environment());
        if (worker == null) {
            news.add(() -> listener.failed(demandId, "a worker process could not be started; raylet.err says why"));
            return;
        }
        startedFor.put(worker.id(), demandId);
    }

    private Worker start(List<String> jvmOptions, Map<String, String> environment) {
        BinaryId id = BinaryId.random();
        StreamPair streams = logs.streams("worker-" + id.hex());
        ProcessBuilder builder = new ProcessBuilder(command.line(id, jvmOptions))
                .redirectOutput(streams.out().toFile())
                .redirectError(streams.err().toFile());
        builder.environment().putIfAbsent("OMP_NUM_THREADS", "1");
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            Worker worker = new Worker(id, process, jvmOptions.isEmpty() && environment.isEmpty());
            workers.put(id, worker);
            process.onExit().thenAccept(ended -> ended(id, ended));
            return worker;
        } catch (IOException e) {
            LOG.error("worker {} could not be started: {}", id, e.getMessage(), e);
            return null;
        }
    }

    private void ended(BinaryId id, Process process) {
        Long demandId;
        synchronized (this) {
            workers.remove(id);
            demandId = startedFor.remove(id);
            if (closed) {
                return;
            }
            if (demandId != null && demands.remove(demandId) != null) {
                long failed = demandId;
                news.add(() -> listener.failed(
                        failed,
                        "worker pid=" + process.pid() + " ended with status=" + process.exitValue()
                                + " before it registered; worker-" + id.hex() + ".err says why"));
            }
            news.add(() -> listener.ended(id, process.pid(), process.exitValue()));
        }
        tell();
    }

    /** A job's idle workers beyond one for each CPU go after a second. */
    private void endIdle(long now) {
        List<Worker> idle = new ArrayList<>();
        for (Worker worker : workers.values()) {
            if (worker.isIdle() && !worker.isWarm()) {
                idle.add(worker);
            }
        }
        for (int i = 0; i < idle.size() - cpus; i++) {
            if (idle.get(i).idleNanos(now) > IDLE_NANOS) {
                idle.get(i).process().destroyForcibly();
            }
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

    private String classPath() {
        Path home = Path.of(property("thornback.home"));
        try {
            return WorkerClassPath.of(home);
        } catch (IOException e) {
            throw new ThornbackException(
                    ThornbackException.Category.FATAL,
                    "distribution=" + home + " cannot be read (" + e.getMessage() + "): unpack it again",
                    e);
        }
    }

    private String property(String name) {
        return requireNonNull(context.getProperty(name), name);
    }
}
