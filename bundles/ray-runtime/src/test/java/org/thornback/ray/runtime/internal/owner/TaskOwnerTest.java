// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.owner;

import static org.assertj.core.api.Assertions.assertThat;

import io.ray.api.exception.RayException;
import io.ray.api.exception.RayWorkerException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.thornback.layout.message.TaskStatus;
import org.thornback.ray.runtime.internal.fake.FakePeer;
import org.thornback.ray.runtime.internal.fake.FakeRaylet;
import org.thornback.ray.runtime.internal.fake.FakeRaylet.Cancelled;
import org.thornback.ray.runtime.internal.fake.FakeRaylet.Requested;
import org.thornback.ray.runtime.internal.fake.FakeRaylet.Returned;
import org.thornback.ray.runtime.internal.fake.FakeWorker;
import org.thornback.ray.runtime.internal.fake.FakeWorker.Hello;
import org.thornback.ray.runtime.internal.fake.FakeWorker.Pushed;
import org.thornback.ray.runtime.internal.fake.FakeWorker.Recalled;
import org.thornback.ray.runtime.internal.fake.RuntimeParts;
import org.thornback.ray.runtime.internal.function.Function;
import org.thornback.ray.runtime.internal.function.FunctionDescriptor;
import org.thornback.ray.runtime.internal.object.IdGenerator;
import org.thornback.ray.runtime.internal.object.Outcome;
import org.thornback.ray.runtime.internal.raylet.LeaseGrant;
import org.thornback.ray.runtime.internal.raylet.LeaseListener;
import org.thornback.ray.runtime.internal.raylet.RayletConnection;
import org.thornback.ray.runtime.internal.raylet.RayletMessages;
import org.thornback.ray.runtime.internal.raylet.WorkerDuties;
import org.thornback.ray.runtime.internal.raylet.WorkerOutput;
import org.thornback.ray.runtime.internal.task.TaskEntry;
import org.thornback.ray.runtime.internal.task.TaskTally;
import org.thornback.testkit.Await;
import org.thornback.transport.SharedPoller;

@Timeout(60)
class TaskOwnerTest {
    private static final Map<String, Long> ONE_CPU = Map.of("CPU", 10_000L);
    private static final long SHORT = 1_000;
    private static final long LONG = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int CPUS = 2;
    private static final long SINCE = 7;

    @TempDir
    Path directory;

    private final RuntimeParts parts = new RuntimeParts();
    private final Desk desk = new Desk();
    private final Completed completed = new Completed();
    private final AtomicLong now = new AtomicLong(1);
    private final TaskOwner owner = new TaskOwner(desk, completed, CPUS, now::get);
    private final List<FakePeer> peers = new ArrayList<>();
    private SharedPoller poller;
    private FakeRaylet raylet;
    private RayletConnection connection;

    @BeforeEach
    void connect() {
        raylet = new FakeRaylet(directory.resolve("raylet"));
        peers.add(raylet);
        poller = new SharedPoller("owner under test", owner::tick);
        connection = new RayletConnection(
                poller,
                raylet.socket(),
                new RayletConnection.Listeners(desk, update -> {}, WorkerDuties.NONE, WorkerOutput.NONE, tally -> {}),
                () -> {});
    }

    @AfterEach
    void close() {
        poller.close();
        peers.forEach(FakePeer::close);
    }

    /** The process around the owner, with real connections. */
    private final class Desk implements LeaseDesk, LeaseListener {
        private long lastStarted;

        @Override
        public RayletMessages raylet() {
            return connection.messages();
        }

        @Override
        public long nextRequestId() {
            return connection.nextRequestId();
        }

        @Override
        public WorkerLink connect(LeaseGrant grant, WorkerLink.Side side) {
            return new WorkerLink(1, poller, grant.socket(), new byte[28], grant.workerId(), RuntimeParts.JOB, side);
        }

        @Override
        public StartedCall lastStarted(WorkerLink link) {
            return new StartedCall(lastStarted, SINCE);
        }

        @Override
        public void expectTick() {
            poller.expectTick();
        }

        @Override
        public void granted(LeaseGrant grant) {
            owner.granted(grant);
        }

        @Override
        public void refused(long requestId, String reason) {
            owner.refused(requestId, reason);
        }
    }

    /** What became of each call. */
    private static final class Completed implements Completion {
        private final Map<Call, Object> ends = new ConcurrentHashMap<>();

        @Override
        public void complete(Call call, byte[] worker, CallResult answer) {
            Outcome.Inline inline = (Outcome.Inline) answer.outcome();
            ends.put(call, new String(inline.body(), StandardCharsets.UTF_8));
        }

        @Override
        public void fail(Call call, Throwable error) {
            ends.put(call, error);
        }

        @Override
        public void fail(Call call, Outcome.Inline error) {
            ends.put(call, error);
        }

        Object end(Call call) {
            Await.await(() -> ends.containsKey(call), () -> "the call is not over");
            return ends.get(call);
        }
    }

    private Function function(String method) {
        return parts.functions().function(new FunctionDescriptor("com.example.Program", method, "()I"));
    }

    private Call call(String name, Function function) {
        byte[] taskId = parts.ids().taskId();
        return new Call(parts.objects().expect(IdGenerator.objectId(taskId, 1)), function, List.of(), name);
    }

    private void encode(Call call) {
        byte[] taskId = Arrays.copyOf(call.result().id(), 24);
        call.ready(parts.encoder()
                .encode(taskId, call.function(), false, parts.encoder().prepare(new Object[0]), call.name(), ""));
    }

    private Call submit(String name, Function function, Map<String, Long> resources) {
        Call call = call(name, function);
        encode(call);
        owner.submit(call, resources);
        return call;
    }

    private Call submit(String name) {
        return submit(name, function("quick"), ONE_CPU);
    }

    private void timePasses(long millis) {
        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private FakeWorker worker(String name) {
        FakeWorker worker = new FakeWorker(directory.resolve(name));
        peers.add(worker);
        return worker;
    }

    /** Grants the request, and lets the worker take its first call. */
    private Pushed grant(Requested request, long leaseId, FakeWorker worker) {
        raylet.grant(request, leaseId, worker);
        assertThat(worker.next(Hello.class).jobId()).isEqualTo(RuntimeParts.JOB);
        return worker.next(Pushed.class);
    }

    /** A worker with a lease that has run one call, so that the time of the function is known. */
    private FakeWorker measuredWorker(long serviceNanos) {
        FakeWorker worker = worker("measured");
        Call first = submit("first");
        Pushed pushed = grant(raylet.next(Requested.class), 1, worker);
        worker.answer(pushed, "done", serviceNanos);
        completed.end(first);
        return worker;
    }

    @Test
    void shouldLeaseAWorkerForATaskAndGiveItBackWhenItIsIdle() {
        FakeWorker worker = worker("w");
        Call call = submit("one");
        Requested request = raylet.next(Requested.class);
        assertThat(request.resources()).isEqualTo(ONE_CPU);
        assertThat(request.backlog()).isEqualTo(1);
        assertThat(request.function()).endsWith("com.example.Program.quick");
        Pushed pushed = grant(request, 17, worker);
        assertThat(pushed.function()).isEqualTo("quick");
        assertThat(pushed.task()).isEqualTo("one");
        worker.answer(pushed, "result", SHORT);
        assertThat(completed.end(call)).isEqualTo("result");
        timePasses(1);
        assertThat(raylet.rest()).isEmpty(); // the next task may come soon
        timePasses(100);
        assertThat(raylet.next(Returned.class)).isEqualTo(new Returned(17, false));
        worker.next(FakePeer.Ended.class);
    }

    @Test
    void shouldSendOneTaskAtATimeWhileNobodyKnowsHowLongItTakes() {
        FakeWorker worker = worker("w");
        submit("one");
        submit("two");
        Pushed pushed = grant(raylet.next(Requested.class), 1, worker);
        assertThat(worker.rest()).isEmpty();
        worker.answer(pushed, "", LONG);
        assertThat(worker.next(Pushed.class).task()).isEqualTo("two");
    }

    @Test
    void shouldQueueAboutAMillisecondOfShortTasksOnAWorker() {
        FakeWorker worker = measuredWorker(TimeUnit.MICROSECONDS.toNanos(100));
        for (int i = 0; i < 30; i++) {
            submit("task " + i);
        }
        poller.flush();
        List<Object> pushed = worker.rest();
        assertThat(pushed).hasSizeBetween(9, 11).hasOnlyElementsOfType(Pushed.class);
        assertThat(((Pushed) pushed.getLast()).task()).isEqualTo("task " + (pushed.size() - 1));
    }

    @Test
    void shouldNotQueueBehindATaskThatIsKnownToBeLong() {
        FakeWorker worker = measuredWorker(LONG);
        submit("one");
        submit("two");
        poller.flush();
        assertThat(worker.next(Pushed.class).task()).isEqualTo("one");
        assertThat(worker.rest()).doesNotHaveAnyElementsOfTypes(Pushed.class);
    }

    @Test
    void shouldTakeTasksBackFromAWorkerThatIsBusyForLongAndRunThemElsewhereInOrder() {
        FakeWorker busy = measuredWorker(SHORT);
        List<Call> calls = List.of(submit("blocks"), submit("second"), submit("third"));
        List<Pushed> pushed = List.of(busy.next(Pushed.class), busy.next(Pushed.class), busy.next(Pushed.class));
        timePasses(10);
        Recalled recalled = busy.next(Recalled.class);
        assertThat(recalled.upTo()).isEqualTo(pushed.getLast().callId());
        busy.giveBack(pushed.get(2));
        busy.giveBack(pushed.get(1));
        FakeWorker free = worker("free");
        Pushed again = grant(raylet.next(Requested.class), 2, free);
        assertThat(again.task()).isEqualTo("second");
        free.answer(again, "elsewhere", SHORT);
        assertThat(completed.end(calls.get(1))).isEqualTo("elsewhere");
        Pushed last = free.next(Pushed.class);
        assertThat(last.task()).isEqualTo("third");
        free.answer(last, "elsewhere", SHORT);
        assertThat(completed.end(calls.get(2))).isEqualTo("elsewhere");
        assertThat(completed.ends).doesNotContainKey(calls.get(0));
        busy.answer(pushed.getFirst(), "at last", LONG);
        assertThat(completed.end(calls.get(0))).isEqualTo("at last");
    }

    @Test
    void shouldResubmitWhatADeadWorkerHadNotStartedAndFailWhatItHad() {
        FakeWorker dying = measuredWorker(SHORT);
        List<Call> calls = List.of(submit("running"), submit("waiting"), submit("last"));
        List<Pushed> pushed = List.of(dying.next(Pushed.class), dying.next(Pushed.class), dying.next(Pushed.class));
        desk.lastStarted = pushed.getFirst().callId();
        dying.die();
        assertThat(completed.end(calls.getFirst())).isInstanceOf(RayWorkerException.class);
        FakeWorker next = worker("next");
        List<Object> said = new ArrayList<>(raylet.rest());
        assertThat(said).contains(new Returned(1, true));
        Requested request = (Requested) said.stream()
                .filter(Requested.class::isInstance)
                .reduce((a, b) -> b)
                .orElseThrow();
        Pushed again = grant(request, 2, next);
        assertThat(again.task()).isEqualTo("waiting");
        next.answer(again, "survived", SHORT);
        assertThat(completed.end(calls.get(1))).isEqualTo("survived");
        assertThat(next.next(Pushed.class).task()).isEqualTo("last");
    }

    private Map<String, TaskEntry> told() {
        TaskTally tally = new TaskTally(10);
        owner.tell(new CallTally(tally));
        return tally.entries().stream().collect(Collectors.toMap(TaskEntry::name, entry -> entry));
    }

    @Test
    void shouldTellHowFarTasksAreThatAreNotOver() {
        FakeWorker worker = measuredWorker(SHORT);
        submit("runs");
        submit("lies there");
        poller.flush();
        desk.lastStarted = worker.next(Pushed.class).callId();
        submit("wants another worker", function("quick"), Map.of("CPU", 20_000L));
        Call expected = call("wants arguments", function("quick"));
        owner.expect(expected);

        Map<String, TaskEntry> told = told();

        assertThat(told.get("runs").status()).isEqualTo(TaskStatus.RUNNING);
        assertThat(told.get("runs").began()).isEqualTo(SINCE);
        assertThat(told.get("runs").workerId()).hasSize(28);
        assertThat(told.get("lies there").status()).isEqualTo(TaskStatus.SUBMITTED_TO_WORKER);
        assertThat(told.get("lies there").began()).isZero();
        assertThat(told.get("wants another worker").status()).isEqualTo(TaskStatus.PENDING_NODE_ASSIGNMENT);
        assertThat(told.get("wants arguments").status()).isEqualTo(TaskStatus.PENDING_ARGS_AVAIL);

        encode(expected);
        owner.submitExpected(expected, Map.of("CPU", 20_000L));

        assertThat(told().get("wants arguments").status()).isEqualTo(TaskStatus.PENDING_NODE_ASSIGNMENT);
        TaskTally few = new TaskTally(1);
        owner.tell(new CallTally(few));
        assertThat(few.entries()).hasSize(1);
        assertThat(few.counts().stream().mapToLong(TaskTally.Count::tasks).sum())
                .isEqualTo(4);
    }

    @Test
    void shouldFailAllThatWaitsForWhatCanNeverBeGranted() {
        Call one = submit("one");
        Call two = submit("two");
        raylet.refuse(raylet.next(Requested.class), "no node has resource GPU=2");
        for (Call call : List.of(one, two)) {
            assertThat(completed.end(call))
                    .isInstanceOfSatisfying(
                            RayException.class, error -> assertThat(error).hasMessage("no node has resource GPU=2"));
        }
    }

    @Test
    void shouldGiveALeaseBackThatCameWhenNothingWaitedAnyMore() {
        FakeWorker worker = worker("w");
        Call call = submit("one");
        submit("two");
        Requested first = raylet.next(Requested.class);
        Requested second = raylet.next(Requested.class);
        Pushed pushed = grant(first, 1, worker);
        worker.answer(pushed, "", SHORT);
        completed.end(call);
        worker.next(Pushed.class);
        assertThat(raylet.next(Cancelled.class).requestId()).isEqualTo(second.requestId());
        raylet.grant(second, 2, worker); // crossed the cancellation
        assertThat(raylet.next(Returned.class)).isEqualTo(new Returned(2, false));
    }

    @Test
    void shouldAskAgainWhenTheLeasedWorkerIsGoneAlready() {
        Call call = submit("one");
        Requested request = raylet.next(Requested.class);
        raylet.grant(request.requestId(), 1, directory.resolve("nobody"));
        assertThat(raylet.next(Returned.class)).isEqualTo(new Returned(1, true));
        FakeWorker worker = worker("w");
        Pushed pushed = grant(raylet.next(Requested.class), 2, worker);
        worker.answer(pushed, "done", SHORT);
        assertThat(completed.end(call)).isEqualTo("done");
    }

    @Test
    void shouldKeepTheWorkersOfOtherResourcesToThemselves() {
        FakeWorker worker = worker("w");
        submit("cpu");
        grant(raylet.next(Requested.class), 1, worker);
        submit("gpu", function("quick"), Map.of("GPU", 5_000L));
        assertThat(raylet.next(Requested.class).resources()).isEqualTo(Map.of("GPU", 5_000L));
        poller.flush();
        assertThat(worker.rest()).doesNotHaveAnyElementsOfTypes(Pushed.class);
    }

    @Test
    void shouldAskForMoreThanOneWorkerForEachCpuOnlyWhileNothingEnds() {
        for (int i = 0; i < 5; i++) {
            submit("task " + i, function("slow"), Map.of());
        }
        List<Object> asked = raylet.rest();
        assertThat(asked).hasSize(CPUS).hasOnlyElementsOfType(Requested.class);
        FakeWorker first = worker("w0");
        Pushed pushed = grant((Requested) asked.get(0), 0, first);
        grant((Requested) asked.get(1), 1, worker("w1"));
        assertThat(raylet.rest()).isEmpty();

        timePasses(10); // all of them have been busy for long now
        List<Long> more = List.of(
                raylet.next(Requested.class).requestId(),
                raylet.next(Requested.class).requestId());
        first.answer(pushed, "", LONG);

        assertThat(List.of(
                        raylet.next(Cancelled.class).requestId(),
                        raylet.next(Cancelled.class).requestId()))
                .containsExactlyInAnyOrderElementsOf(more);
        assertThat(first.next(Pushed.class).task()).isEqualTo("task 2");
    }

    @Test
    void shouldFailEverythingWhenTheNodeIsGone() {
        FakeWorker worker = worker("w");
        Call pushed = submit("pushed");
        Call waiting = submit("waiting");
        grant(raylet.next(Requested.class), 1, worker);
        owner.close();
        for (Call call : List.of(pushed, waiting)) {
            assertThat(completed.end(call))
                    .isInstanceOfSatisfying(
                            RayException.class,
                            error -> assertThat(error)
                                    .hasMessageContaining("node of this driver is gone")
                                    .hasMessageContaining("com.example.Program.quick"));
        }
        Await.await(() -> worker.rest().contains(new FakePeer.Ended()), Duration.ofSeconds(5), "the link stays");
    }
}
