// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonObject;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thornback.api.redis.ControlStore;
import org.thornback.api.redis.ControlStore.Table;

/** Writes jobs, actors and names to the control plane as JSON; a failure is logged, nobody waits. */
final class DurableRecords implements ControlRecords {
    private static final Logger LOG = LoggerFactory.getLogger("ray.raylet");

    private final ControlStore store;

    DurableRecords(ControlStore store) {
        this.store = requireNonNull(store, "store");
    }

    @Override
    public void jobChanged(Job job, boolean running) {
        JsonObject json = new JsonObject();
        json.addProperty("driverPid", job.driver().pid());
        json.addProperty("namespace", job.namespace());
        json.addProperty("entrypoint", job.entrypoint());
        json.addProperty("state", running ? "RUNNING" : "FINISHED");
        log(store.put(Table.JOBS, String.valueOf(job.id()), json.toString()));
    }

    @Override
    public void actorChanged(Actor actor) {
        JsonObject json = new JsonObject();
        json.addProperty("className", actor.order().className());
        json.addProperty("jobId", actor.order().jobId());
        json.addProperty("name", actor.order().name());
        json.addProperty("namespace", actor.order().namespace());
        json.addProperty("state", actor.state().name());
        json.addProperty("restarts", actor.restarts());
        json.addProperty("cause", actor.cause());
        log(store.put(Table.ACTORS, actor.id().hex(), json.toString()));
        if (!actor.order().name().isEmpty()) {
            String name = actor.order().namespace() + "/" + actor.order().name();
            log(
                    actor.isDead()
                            ? store.delete(Table.NAMES, name)
                            : store.put(Table.NAMES, name, actor.id().hex()));
        }
    }

    private static void log(CompletionStage<Void> write) {
        write.whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.warn("the control plane did not take a fact: {}", failure.getMessage(), failure);
            }
        });
    }
}
