// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.worker;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.thornback.layout.SegmentBuffer;
import org.thornback.layout.WorkerFiles;
import org.thornback.ray.runtime.internal.actor.ActorSpecification;
import org.thornback.ray.runtime.internal.function.FunctionLoader;
import org.thornback.ray.runtime.internal.function.Invocable;
import org.thornback.ray.runtime.internal.object.BlockingWait;
import org.thornback.ray.runtime.internal.object.LocalStore;
import org.thornback.ray.runtime.internal.object.ObjectAccess;
import org.thornback.ray.runtime.internal.object.ReferenceLedger;
import org.thornback.ray.runtime.internal.owner.StartedCall;
import org.thornback.ray.runtime.internal.raylet.ActorConstruction;
import org.thornback.ray.runtime.internal.raylet.RayletMessages;
import org.thornback.ray.runtime.internal.raylet.WorkerDuties;
import org.thornback.ray.runtime.internal.value.EncodedValue;
import org.thornback.ray.runtime.internal.value.ValueCodec;
import org.thornback.transport.SharedPoller;

/**
 * The worker's part of this process: listens for callers, works for one job, may become one actor, ends when its node does.
 *
 * <p>Job and actor are set once, by the raylet; everything else is immutable.
 */
public final class WorkerProcess implements WorkerDuties {

    private final byte[] workerId;
    private final SharedPoller poller;
    private final TaskExecutor executor;
    private final Path socket;
    private final JobClasses jobClasses;
    private volatile Tools tools;
    private volatile CallRunner runner;
    private volatile StartedPage startedPage;
    private volatile List<Integer> gpuIds = List.of();

    /**
     * What the worker uses of the rest of this process.
     *
     * @param codec       turns bytes into arguments and results into bytes.
     * @param objects     reads arguments.
     * @param store       takes large results.
     * @param functions   finds methods.
     * @param ledger      counts references in results.
     * @param raylet      hears of this worker.
     * @param nodeIp      for messages.
     * @param jobAssigned takes job id and default actor lifetime.
     * @param namespace   takes the namespace of the job.
     */
    public record Tools(
            ValueCodec codec,
            ObjectAccess objects,
            LocalStore store,
            FunctionLoader functions,
            ReferenceLedger ledger,
            RayletMessages raylet,
            String nodeIp,
            BiConsumer<Integer, String> jobAssigned,
            Consumer<String> namespace) {}

    /**
     * Creates a worker that does not listen yet.
     *
     * @param workerId     28 bytes, given by its node.
     * @param poller       serves its connections.
     * @param rayletSocket its own socket goes beside it.
     * @param jobClasses   learns where the job's classes are.
     */
    public WorkerProcess(byte[] workerId, SharedPoller poller, Path rayletSocket, JobClasses jobClasses) {
        this.workerId = requireNonNull(workerId, "workerId");
        this.poller = requireNonNull(poller, "poller");
        this.executor = new TaskExecutor(poller);
        this.jobClasses = requireNonNull(jobClasses, "jobClasses");
        this.socket = WorkerFiles.socket(rayletSocket, HexFormat.of().formatHex(workerId));
    }

    /**
     * How threads of this worker wait.
     *
     * @return gives the CPU back while a task waits.
     */
    public BlockingWait blocking() {
        return executor;
    }

    /**
     * Begins to take calls, and says so to the raylet.
     *
     * @param processTools what calls need.
     */
    public void listen(Tools processTools) {
        tools = requireNonNull(processTools, "processTools");
        ErrorFactory errors = new ErrorFactory(tools.codec(), tools.nodeIp());
        CallRunner.Parts parts = new CallRunner.Parts(
                tools.codec(),
                tools.objects(),
                tools.store(),
                tools.functions(),
                tools.ledger(),
                errors,
                this::exitForActor);
        runner = new CallRunner(parts, executor::hasMore);
        executor.begin(runner, tools.raylet()::taskBlocked);
        startedPage = StartedPage.create(socket);
        poller.poller().listen(socket, channel -> new CallerConnection(channel, workerId, executor, startedPage));
        tools.raylet().listening(socket.toString());
    }

    /** Runs calls on the calling thread until the worker ends. */
    public void run() {
        executor.runTaskThread();
    }

    /**
     * The actor this worker has become.
     *
     * @return its id, 16 bytes; empty for a worker of tasks.
     */
    public Optional<byte[]> actorId() {
        return Optional.ofNullable(runner).map(CallRunner::actor).map(ActorInstance::actorId);
    }

    /**
     * How often the actor was constructed before.
     *
     * @return 0 for the first time, and without an actor.
     */
    public int restarts() {
        return Optional.ofNullable(runner)
                .map(CallRunner::actor)
                .map(ActorInstance::restarts)
                .orElse(0);
    }

    /**
     * GPUs the actor may use.
     *
     * @return their numbers.
     */
    public List<Integer> gpuIds() {
        return gpuIds;
    }

    @Override
    public void assignJob(int jobId, List<String> codeSearchPath, String namespace, String defaultActorLifetime) {
        jobClasses.assign(codeSearchPath);
        tools.namespace().accept(namespace);
        tools.jobAssigned().accept(jobId, defaultActorLifetime);
        executor.order(() -> Thread.currentThread().setContextClassLoader(jobClasses.get()));
    }

    @Override
    public void construct(ActorConstruction construction) {
        executor.order(() -> constructNow(construction));
    }

    @Override
    public void exit() {
        Thread.ofPlatform()
                .daemon()
                .name("ray-exit")
                .start(() -> Runtime.getRuntime().exit(0));
    }

    /** Stops to run calls. */
    public void close() {
        executor.stop();
        StartedPage page = startedPage;
        if (page != null) {
            page.close();
        }
    }

    /**
     * Which calls of a caller's connection a worker has started, dead or alive.
     *
     * @param workerSocket where it listened.
     * @param callerId     28 bytes.
     * @param connection   the upper half of the connection's call ids.
     * @return the last of them.
     */
    public static StartedCall lastStarted(Path workerSocket, byte[] callerId, int connection) {
        return StartedPage.lastStarted(workerSocket, callerId, connection);
    }

    private void constructNow(ActorConstruction construction) {
        ErrorFactory errors = new ErrorFactory(tools.codec(), tools.nodeIp());
        gpuIds = construction.gpuIds();
        try {
            ActorSpecification specification = ActorSpecification.decode(construction.specification());
            IncomingCall call = new CallReader()
                    .read(
                            null,
                            new SegmentBuffer(MemorySegment.ofArray(specification.call())),
                            0,
                            id -> specification.constructor().descriptorOf());
            TaskContext.enter(call.taskId(), true);
            Invocable constructor = tools.functions().load(call.function());
            Object object = constructor.invoke(null, runner.arguments(call.arguments()));
            runner.become(new ActorInstance(
                    construction.actorId(),
                    construction.restarts(),
                    construction.maxConcurrency(),
                    object,
                    tools.functions(),
                    specification));
            tools.ledger().flush();
            tools.raylet().actorConstructed(construction.actorId(), "", new byte[0]);
        } catch (InvocationTargetException e) {
            refuse(construction, errors, e.getCause());
        } catch (RuntimeException e) {
            refuse(construction, errors, e);
        } finally {
            TaskContext.leave();
        }
    }

    private void refuse(ActorConstruction construction, ErrorFactory errors, Throwable cause) {
        EncodedValue failure = errors.encodeConstruction(construction.actorId(), cause);
        tools.raylet()
                .actorConstructed(
                        construction.actorId(), cause.toString(), failure.body().toArray(ValueLayout.JAVA_BYTE));
    }

    private void exitForActor(byte[] actorId) {
        tools.raylet().actorExiting(actorId);
        exit();
    }
}
