// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import java.util.ArrayList;
import java.util.List;

/** Keeps the facts that went to the control plane, as text. */
final class RecordedFacts implements ControlRecords {
    final List<String> facts = new ArrayList<>();

    @Override
    public void jobChanged(Job job, boolean running) {
        facts.add("job " + job.id() + (running ? " RUNNING" : " FINISHED"));
    }

    @Override
    public void actorChanged(Actor actor) {
        facts.add(actor.order().className() + " " + actor.state());
    }
}
