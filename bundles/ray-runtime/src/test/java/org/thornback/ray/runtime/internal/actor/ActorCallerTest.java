// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ray.api.exception.PendingCallsLimitExceededException;
import io.ray.api.exception.RayActorException;
import io.ray.api.id.ActorId;
import io.ray.api.runtimecontext.ActorState;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.thornback.layout.message.TaskStatus;
import org.thornback.ray.runtime.internal.fake.FakePeer;
import org.thornback.ray.runtime.internal.fake.FakeWorker;
import org.thornback.ray.runtime.internal.fake.FakeWorker.Hello;
import org.thornback.ray.runtime.internal.fake.FakeWorker.Pushed;
import org.thornback.ray.runtime.internal.fake.RuntimeParts;
import org.thornback.ray.runtime.internal.function.Function;
import org.thornback.ray.runtime.internal.function.FunctionDescriptor;
import org.thornback.ray.runtime.internal.object.IdGenerator;
import org.thornback.ray.runtime.internal.object.Outcome;
import org.thornback.ray.runtime.internal.object.RayObject;
import org.thornback.ray.runtime.internal.owner.Call;
import org.thornback.ray.runtime.internal.owner.CallResult;
import org.thornback.ray.runtime.internal.owner.CallTally;
import org.thornback.ray.runtime.internal.owner.Completion;
import org.thornback.ray.runtime.internal.owner.StartedCall;
import org.thornback.ray.runtime.internal.owner.WorkerLink;
import org.thornback.ray.runtime.internal.raylet.ActorUpdated;
import org.thornback.ray.runtime.internal.task.TaskEntry;
import org.thornback.ray.runtime.internal.task.TaskTally;
import org.thornback.ray.runtime.internal.value.EncodedValue;
import org.thornback.transport.SharedPoller;

@Timeout(60)
class ActorCallerTest {
    private static final byte[] NOTHING = {};
    private static final Path NOWHERE = Path.of("");

    @TempDir
    Path directory;

    private final RuntimeParts parts = new RuntimeParts();
    private final SharedPoller poller = new SharedPoller("caller under test", () -> Long.MAX_VALUE);
    private final List<FakePeer> workers = new ArrayList<>();
    private final ActorId actorId = ActorId.fromBytes(parts.ids().actorId());
    private final Function function =
            parts.functions().function(new FunctionDescriptor("com.example.Counter", "increment", "()I"));
    private StartedCall started = StartedCall.NONE;
    private final ActorCaller caller = new ActorCaller(actorId, "", new Links(), new Answers());

    @AfterEach
    void close() {
        poller.close();
        workers.forEach(FakePeer::close);
    }

    private final class Links implements ActorCaller.Links {
        @Override
        public WorkerLink connect(ActorUpdated update, WorkerLink.Side side) {
            return new WorkerLink(1, poller, update.socket(), new byte[28], update.workerId(), RuntimeParts.JOB, side);
        }

        @Override
        public Outcome.Inline encode(RayActorException error) {
            return inline(error);
        }

        @Override
        public StartedCall lastStarted(WorkerLink link) {
            return started;
        }
    }

    private final class Answers implements Completion {
        @Override
        public void complete(Call call, byte[] worker, CallResult answer) {
            call.result().complete(answer.outcome(), List.of());
        }

        @Override
        public void fail(Call call, Throwable error) {
            fail(call, inline(error));
        }

        @Override
        public void fail(Call call, Outcome.Inline error) {
            call.result().complete(error, List.of());
        }
    }

    private Outcome.Inline inline(Throwable error) {
        EncodedValue value = parts.codec().encodeError(error);
        return new Outcome.Inline(value.tag(), value.body().toArray(ValueLayout.JAVA_BYTE));
    }

    private FakeWorker worker(String name) {
        FakeWorker worker = new FakeWorker(directory.resolve(name));
        workers.add(worker);
        return worker;
    }

    private void told(ActorState state, Path socket, int maxTaskRetries, byte[] failure) {
        caller.updated(new ActorUpdated(
                actorId, state, 0, maxTaskRetries, new byte[28], 1, socket, "com.example.Counter", "", failure));
    }

    private FakeWorker alive(String name, int maxTaskRetries) {
        FakeWorker worker = worker(name);
        told(ActorState.ALIVE, worker.socket(), maxTaskRetries, NOTHING);
        assertThat(worker.next(Hello.class).jobId()).isEqualTo(RuntimeParts.JOB);
        return worker;
    }

    private Call call() {
        return new Call(parts.objects().expect(IdGenerator.objectId(parts.ids().taskId(), 1)), function, List.of(), "");
    }

    private void encode(Call call, String name) {
        call.ready(parts.encoder()
                .encode(
                        parts.ids().taskId(actorId.getBytes()),
                        function,
                        true,
                        parts.encoder().prepare(new Object[0]),
                        name,
                        ""));
    }

    private RayObject<Object> submit(String name) {
        Call call = call();
        encode(call, name);
        caller.submit(call);
        return call.result();
    }

    private List<TaskStatus> told() {
        TaskTally tally = new TaskTally(10);
        caller.tell(new CallTally(tally));
        return tally.entries().stream().map(TaskEntry::status).sorted().toList();
    }

    @Test
    void shouldTellHowFarCallsAreThatAreNotOver() {
        submit("one");
        submit("two");
        caller.submit(call());
        assertThat(told())
                .containsExactly(
                        TaskStatus.PENDING_ARGS_AVAIL,
                        TaskStatus.PENDING_NODE_ASSIGNMENT,
                        TaskStatus.PENDING_NODE_ASSIGNMENT);

        FakeWorker worker = alive("w", 0);
        poller.flush();
        started = new StartedCall(worker.next(Pushed.class).callId(), 1);

        assertThat(told())
                .containsExactly(TaskStatus.PENDING_ARGS_AVAIL, TaskStatus.SUBMITTED_TO_WORKER, TaskStatus.RUNNING);
    }

    @Test
    void shouldKeepCallsInOrderFromBeforeTheActorIsAlive() {
        RayObject<Object> first = submit("first");
        submit("second");
        FakeWorker worker = alive("w", 0);
        submit("third");

        Pushed pushed = worker.next(Pushed.class);
        assertThat(pushed.task()).isEqualTo("first");
        assertThat(worker.next(Pushed.class).task()).isEqualTo("second");
        assertThat(worker.next(Pushed.class).task()).isEqualTo("third");
        worker.answer(pushed, "one", 0);
        assertThat(first.get()).isEqualTo("one");
        assertThat(caller.className()).isEqualTo("com.example.Counter");
    }

    @Test
    void shouldHoldLaterCallsBackWhileTheArgumentsOfAnEarlierOneAreUnknown() {
        FakeWorker worker = alive("w", 0);
        Call early = call();
        caller.submit(early);
        submit("late");
        poller.flush();
        assertThat(worker.rest()).isEmpty();

        encode(early, "early");
        caller.proceed();

        assertThat(worker.next(Pushed.class).task()).isEqualTo("early");
        assertThat(worker.next(Pushed.class).task()).isEqualTo("late");
    }

    @Test
    void shouldFailCallsOnTheirWayWhenTheWorkerDiesAndKeepThoseThatWait() {
        FakeWorker dying = alive("dying", 0);
        RayObject<Object> onItsWay = submit("on its way");
        dying.next(Pushed.class);
        told(ActorState.RESTARTING, NOWHERE, 0, NOTHING);
        dying.die();
        assertThatThrownBy(onItsWay::get).isInstanceOf(RayActorException.class);
        RayObject<Object> later = submit("later");

        FakeWorker next = alive("next", 0);

        Pushed pushed = next.next(Pushed.class);
        assertThat(pushed.task()).isEqualTo("later");
        next.answer(pushed, "again", 0);
        assertThat(later.get()).isEqualTo("again");
    }

    @Test
    void shouldRepeatCallsAsOftenAsTheActorAllowsAndNoMore() {
        RayObject<Object> call = null;
        for (int life = 0; life <= 2; life++) {
            FakeWorker worker = alive("life " + life, 2);
            if (call == null) {
                call = submit("repeated");
            }
            assertThat(worker.next(Pushed.class).task()).isEqualTo("repeated");
            worker.die();
        }
        assertThatThrownBy(call::get).isInstanceOf(RayActorException.class);
    }

    @Test
    void shouldRepeatInOrderOnTheNextWorkerAlthoughTheEndOfTheOldOneComesLate() {
        FakeWorker hanging = alive("hanging", 1);
        submit("first");
        submit("second");
        hanging.next(Pushed.class);

        FakeWorker next = alive("next", 1); // the raylet was quicker than the end of the connection

        assertThat(next.next(Pushed.class).task()).isEqualTo("first");
        assertThat(next.next(Pushed.class).task()).isEqualTo("second");
        submit("third");
        assertThat(next.next(Pushed.class).task()).isEqualTo("third");
        hanging.next(Pushed.class);
        hanging.next(FakePeer.Ended.class);
    }

    @Test
    void shouldAnswerEveryCallToADeadActorWithTheReasonOfItsDeath() {
        FakeWorker worker = alive("w", 0);
        RayObject<Object> before = submit("before");
        worker.next(Pushed.class);
        byte[] reason = inline(new RayActorException(actorId)).body();
        told(ActorState.DEAD, NOWHERE, 0, reason);
        RayObject<Object> after = submit("after");

        assertThatThrownBy(before::get).isInstanceOf(RayActorException.class);
        assertThatThrownBy(after::get).isInstanceOf(RayActorException.class);
        worker.next(FakePeer.Ended.class);
        told(ActorState.ALIVE, worker.socket(), 0, NOTHING); // an update that was overtaken
        assertThatThrownBy(() -> submit("still dead").get()).isInstanceOf(RayActorException.class);
    }

    @Test
    void shouldRefuseMoreCallsThanMayBePending() {
        caller.limitPendingCalls(2);
        RayObject<Object> first = submit("first");
        submit("second");
        assertThatThrownBy(() -> submit("third"))
                .isInstanceOf(PendingCallsLimitExceededException.class)
                .hasMessageContaining("max_pending_calls=2");
        FakeWorker worker = alive("w", 0);
        worker.answer(worker.next(Pushed.class), "one", 0);
        assertThat(first.get()).isEqualTo("one");

        submit("third");

        assertThat(worker.next(Pushed.class).task()).isEqualTo("second");
        assertThat(worker.next(Pushed.class).task()).isEqualTo("third");
    }

    @Test
    void shouldFailEverythingWhenTheNodeIsGone() {
        FakeWorker worker = alive("w", -1);
        RayObject<Object> pushed = submit("pushed");
        worker.next(Pushed.class);

        caller.close();

        assertThatThrownBy(pushed::get).isInstanceOf(RayActorException.class);
        assertThatThrownBy(() -> submit("later").get()).isInstanceOf(RayActorException.class);
    }
}
