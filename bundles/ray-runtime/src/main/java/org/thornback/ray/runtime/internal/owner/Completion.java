// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.owner;

/** Completes the references of calls. Called without any lock held. */
public interface Completion {

    /**
     * The worker answered.
     *
     * @param call   that is over.
     * @param answer of the worker.
     */
    void complete(Call call, CallResult answer);

    /**
     * The call will have no answer.
     *
     * @param call  that is over.
     * @param error to be thrown by get.
     */
    void fail(Call call, Throwable error);
}
