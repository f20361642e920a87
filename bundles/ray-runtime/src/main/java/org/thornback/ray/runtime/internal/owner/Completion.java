// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.owner;

import org.thornback.ray.runtime.internal.object.Outcome;

/** Completes the references of calls. Called without any lock held. */
public interface Completion {

    /**
     * The worker answered.
     *
     * @param call   that is over.
     * @param worker 28 bytes of its id, not to be changed.
     * @param answer of the worker.
     */
    void complete(Call call, byte[] worker, CallResult answer);

    /**
     * The call will have no answer.
     *
     * @param call  that is over.
     * @param error to be thrown by get.
     */
    void fail(Call call, Throwable error);

    /**
     * The call will have no answer.
     *
     * @param call  that is over.
     * @param error to be thrown by get, as a value.
     */
    void fail(Call call, Outcome.Inline error);
}
