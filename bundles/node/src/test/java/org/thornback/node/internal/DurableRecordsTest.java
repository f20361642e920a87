// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.thornback.node.internal.RayletFixture.actorId;
import static org.thornback.node.internal.RayletFixture.cpus;
import static org.thornback.node.internal.RayletFixture.order;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.thornback.api.id.BinaryId;
import org.thornback.api.redis.ControlStore.Table;

class DurableRecordsTest {
    private final FakeControlStore store = new FakeControlStore();
    private final DurableRecords records = new DurableRecords(store);
    private final Actor actor = new Actor(actorId(1), order(3, 1, false, "counter", cpus(0)));

    private JsonObject read(Table table, String key) {
        return JsonParser.parseString(store.table(table).get(key)).getAsJsonObject();
    }

    @Test
    void shouldWriteAJobWhenItBeginsAndWhenItEnds() {
        Client driver = new Client(BinaryId.random(), 42, false, new ClientMessages(new FakeLink()));
        Job job = new Job(3, driver, List.of(), List.of(), Map.of(), "my \"space\"", "", "Main");

        records.jobChanged(job, true);

        assertThat(read(Table.JOBS, "3").get("state").getAsString()).isEqualTo("RUNNING");
        assertThat(read(Table.JOBS, "3").get("driverPid").getAsInt()).isEqualTo(42);
        assertThat(read(Table.JOBS, "3").get("namespace").getAsString()).isEqualTo("my \"space\"");
        records.jobChanged(job, false);
        assertThat(read(Table.JOBS, "3").get("state").getAsString()).isEqualTo("FINISHED");
    }

    @Test
    void shouldKeepANameAsLongAsItsActorLives() {
        records.actorChanged(actor);
        actor.alive();
        records.actorChanged(actor);

        assertThat(store.table(Table.NAMES))
                .isEqualTo(Map.of("space/counter", actorId(1).hex()));
        assertThat(read(Table.ACTORS, actorId(1).hex()).get("state").getAsString())
                .isEqualTo("ALIVE");
        actor.dead("it was killed");
        records.actorChanged(actor);
        assertThat(store.table(Table.NAMES)).isEmpty();
        assertThat(read(Table.ACTORS, actorId(1).hex()).get("state").getAsString())
                .isEqualTo("DEAD");
        assertThat(read(Table.ACTORS, actorId(1).hex()).get("cause").getAsString())
                .isEqualTo("it was killed");
    }

    @Test
    void shouldNotFailTheRayletWhenTheControlPlaneDoes() {
        store.fail(new IllegalStateException("gone"));

        assertThatCode(() -> records.actorChanged(actor)).doesNotThrowAnyException();
        assertThat(store.table(Table.ACTORS)).isEmpty();
    }
}
