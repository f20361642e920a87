// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

/** Writes the durable facts of this node, without ever blocking. */
interface ControlRecords {

    /** A job began or ended. */
    void jobChanged(Job job, boolean running);

    /** An actor's state changed. */
    void actorChanged(Actor actor);
}
