// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.raylet;

/** Hears of the actors it subscribed to. Called on the polling thread. */
public interface ActorListener {

    /**
     * An actor's state, at subscription and at each change.
     *
     * @param update the new state.
     */
    void updated(ActorUpdated update);
}
