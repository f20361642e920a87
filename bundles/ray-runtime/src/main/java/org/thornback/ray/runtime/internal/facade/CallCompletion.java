// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.facade;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.thornback.ray.runtime.internal.object.ObjectAccess;
import org.thornback.ray.runtime.internal.object.Outcome;
import org.thornback.ray.runtime.internal.object.RayObject;
import org.thornback.ray.runtime.internal.object.ReferenceLedger;
import org.thornback.ray.runtime.internal.object.Shareable;
import org.thornback.ray.runtime.internal.owner.Call;
import org.thornback.ray.runtime.internal.owner.CallResult;
import org.thornback.ray.runtime.internal.owner.Completion;
import org.thornback.ray.runtime.internal.task.FinishedTasks;
import org.thornback.ray.runtime.internal.value.EncodedValue;
import org.thornback.ray.runtime.internal.value.ValueCodec;
import org.thornback.transport.SharedPoller;

/** Puts answers into references and wakes who waits for them. Safe from any thread. */
final class CallCompletion implements Completion {
    private final ValueCodec codec;
    private final ObjectAccess objects;
    private final ReferenceLedger ledger;
    private final SharedPoller poller;
    private final FinishedTasks finished;

    CallCompletion(
            ValueCodec codec,
            ObjectAccess objects,
            ReferenceLedger ledger,
            SharedPoller poller,
            FinishedTasks finished) {
        this.codec = requireNonNull(codec, "codec");
        this.objects = requireNonNull(objects, "objects");
        this.ledger = requireNonNull(ledger, "ledger");
        this.poller = requireNonNull(poller, "poller");
        this.finished = requireNonNull(finished, "finished");
    }

    @Override
    public void complete(Call call, byte[] worker, CallResult answer) {
        over(call, worker, answer.outcome().failed(), answer.serviceNanos());
        call.result().complete(answer.outcome(), borrowed(answer.contained()));
    }

    @Override
    public void fail(Call call, Throwable error) {
        fail(call, encode(error));
    }

    @Override
    public void fail(Call call, Outcome.Inline error) {
        over(call, null, true, -1);
        call.result().complete(error, List.of());
        poller.signal();
    }

    /** Before anybody can have the result: who has it finds the task over. */
    private void over(Call call, byte[] worker, boolean failed, long nanos) {
        finished.over(call.function(), call.result().id(), call.name(), call.attempts(), worker, failed, nanos);
    }

    Outcome.Inline encode(Throwable error) {
        EncodedValue value = codec.encodeError(error);
        return new Outcome.Inline(value.tag(), value.body().toArray(ValueLayout.JAVA_BYTE));
    }

    /**
     * References inside a result: the worker counted this process for each; the count passes to the reference here, which
     * counts itself.
     */
    private List<Shareable> borrowed(List<byte[]> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        List<Shareable> references = new ArrayList<>(ids.size());
        for (byte[] id : ids) {
            RayObject<?> reference = objects.borrow(id);
            ledger.release(id);
            references.add(reference);
        }
        return references;
    }
}
