// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.actor;

import static java.util.Objects.requireNonNull;

import io.ray.api.exception.PendingCallsLimitExceededException;
import io.ray.api.exception.RayActorException;
import io.ray.api.id.ActorId;
import io.ray.api.runtimecontext.ActorState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.thornback.api.ThornbackException;
import org.thornback.layout.message.ResultStatus;
import org.thornback.ray.runtime.internal.object.Outcome;
import org.thornback.ray.runtime.internal.owner.Call;
import org.thornback.ray.runtime.internal.owner.CallResult;
import org.thornback.ray.runtime.internal.owner.CallTally;
import org.thornback.ray.runtime.internal.owner.Completion;
import org.thornback.ray.runtime.internal.owner.StartedCall;
import org.thornback.ray.runtime.internal.owner.WorkerLink;
import org.thornback.ray.runtime.internal.raylet.ActorUpdated;
import org.thornback.ray.runtime.internal.value.ValueTag;

/**
 * The calls of this process to one actor, in the order they were made.
 *
 * <ul>
 *   <li>Calls made before the actor is alive, or while it is constructed again, wait here.
 *   <li>A call whose arguments are not known yet holds back the later ones.
 *   <li>Calls on their way when the actor's worker dies fail, or are repeated if the actor was created so.
 * </ul>
 *
 * <p>One lock guards it; references are completed without it.
 */
public final class ActorCaller implements WorkerLink.Side {
    private final ActorId actorId;
    private final Links links;
    private final Completion completion;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Call> waiting = new ArrayDeque<>();
    private volatile String className;
    private volatile int maxPendingCalls;
    private ActorState state = ActorState.PENDING_CREATION;
    private int maxTaskRetries;
    private WorkerLink link;
    private Outcome.Inline death;

    /** How the worker of an actor is reached. */
    public interface Links {

        /**
         * Connects.
         *
         * @param update of an actor that is alive.
         * @param side   hears of answers.
         * @return the connection.
         */
        WorkerLink connect(ActorUpdated update, WorkerLink.Side side);

        /**
         * Makes the error that calls to a dead actor get.
         *
         * @param error the exception.
         * @return as a value.
         */
        Outcome.Inline encode(RayActorException error);

        /**
         * Which calls of this process an actor's worker has started.
         *
         * @param link to the worker.
         * @return the last of them.
         */
        StartedCall lastStarted(WorkerLink link);
    }

    ActorCaller(ActorId actorId, String className, Links links, Completion completion) {
        this.actorId = requireNonNull(actorId, "actorId");
        this.className = requireNonNull(className, "className");
        this.links = requireNonNull(links, "links");
        this.completion = requireNonNull(completion, "completion");
        this.maxPendingCalls = -1;
    }

    /**
     * Id of the actor.
     *
     * @return the id.
     */
    public ActorId actorId() {
        return actorId;
    }

    /**
     * Class of the actor, as far as known.
     *
     * @return a name, maybe empty.
     */
    public String className() {
        return className;
    }

    /**
     * Limits the calls that may be on their way at once; the next one is refused.
     *
     * @param most -1 for no limit.
     */
    public void limitPendingCalls(int most) {
        maxPendingCalls = most;
    }

    /**
     * Most calls that may be on their way at once.
     *
     * @return -1 for no limit.
     */
    public int maxPendingCalls() {
        return maxPendingCalls;
    }

    /**
     * Takes a call, its arguments known or not.
     *
     * @param call to be made in turn.
     */
    public void submit(Call call) {
        Outcome.Inline dead;
        lock.lock();
        try {
            dead = death;
            if (dead == null) {
                int pending = waiting.size() + (link == null ? 0 : link.inFlight());
                if (maxPendingCalls >= 0 && pending >= maxPendingCalls) {
                    throw new PendingCallsLimitExceededException(
                            "The number of pending calls=" + pending + " of actor " + actorId
                                    + " has reached max_pending_calls=" + maxPendingCalls
                                    + "; wait for results before calling again");
                }
                waiting.add(call);
                pump();
            }
        } finally {
            lock.unlock();
        }
        if (dead != null) {
            completion.fail(call, dead);
        }
    }

    /** The arguments of a waiting call became known. */
    public void proceed() {
        lock.lock();
        try {
            pump();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The raylet told the actor's state.
     *
     * @param update the new state.
     */
    void updated(ActorUpdated update) {
        List<Call> failed = List.of();
        List<Call> lost = List.of();
        lock.lock();
        try {
            if (death != null) {
                return;
            }
            state = update.state();
            className = update.className().isEmpty() ? className : update.className();
            maxTaskRetries = update.maxTaskRetries();
            if (state == ActorState.ALIVE) {
                lost = connect(update);
                pump();
            } else if (state == ActorState.DEAD) {
                death = deathOf(update);
                failed = takeAll();
            }
        } finally {
            lock.unlock();
        }
        failed.forEach(call -> completion.fail(call, death));
        lost.forEach(this::lose);
    }

    /**
     * Tells of the calls that are not over.
     *
     * @param tally to add them to.
     */
    void tell(CallTally tally) {
        lock.lock();
        try {
            if (link != null && link.inFlight() > 0) {
                tally.add(link, links.lastStarted(link));
            }
            waiting.forEach(tally::add);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void answered(WorkerLink from, long callId, CallResult answer) {
        Call call;
        lock.lock();
        try {
            call = from.take(callId);
        } finally {
            lock.unlock();
        }
        if (call == null) {
            return;
        }
        if (answer.status() == ResultStatus.ACTOR_EXITED) {
            lose(call);
        } else {
            completion.complete(call, from.workerId(), answer);
        }
    }

    @Override
    public void ended(WorkerLink ended) {
        List<Call> lost;
        lock.lock();
        try {
            if (ended == link) {
                link = null;
            }
            lost = takeFrom(ended);
        } finally {
            lock.unlock();
        }
        lost.forEach(this::lose);
    }

    /** Fails everything: the raylet is gone. */
    void close() {
        List<Call> failed;
        lock.lock();
        try {
            death = links.encode(new RayActorException(actorId));
            failed = takeAll();
        } finally {
            lock.unlock();
        }
        failed.forEach(call -> completion.fail(call, death));
    }

    /** Returns the calls that were lost with an earlier worker, whose end has not been heard of yet. */
    private List<Call> connect(ActorUpdated update) {
        List<Call> lost = List.of();
        if (link != null) {
            if (link.socket().equals(update.socket())) {
                return lost;
            }
            link.close();
            lost = takeFrom(link);
        }
        try {
            link = links.connect(update, this);
        } catch (ThornbackException e) {
            link = null; // it died again before we came: the raylet will tell
        }
        return lost;
    }

    /** Takes the calls off a link that ended: those that may be repeated wait again, before all others. */
    private List<Call> takeFrom(WorkerLink ended) {
        List<Call> lost = new ArrayList<>();
        List<Call> calls = ended.takeAll();
        for (int i = calls.size() - 1; i >= 0; i--) {
            Call call = calls.get(i);
            if (maxTaskRetries != 0 && call.mayRepeat(maxTaskRetries)) {
                waiting.addFirst(call);
            } else {
                lost.addFirst(call);
            }
        }
        return lost;
    }

    private void lose(Call call) {
        completion.fail(call, new RayActorException(actorId));
    }

    private void pump() {
        while (link != null && !waiting.isEmpty() && waiting.peek().isReady()) {
            link.push(waiting.poll());
        }
    }

    private List<Call> takeAll() {
        List<Call> all = new ArrayList<>();
        if (link != null) {
            all.addAll(link.takeAll());
            link.close();
            link = null;
        }
        all.addAll(waiting);
        waiting.clear();
        return all;
    }

    private Outcome.Inline deathOf(ActorUpdated update) {
        return update.failure().length > 0
                ? new Outcome.Inline(ValueTag.ACTOR_ERROR, update.failure())
                : links.encode(new RayActorException(actorId));
    }
}
