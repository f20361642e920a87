// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.thornback.api.cluster.ActorInfo;
import org.thornback.api.cluster.ClusterSnapshot;
import org.thornback.api.cluster.JobInfo;
import org.thornback.api.cluster.LeaseInfo;
import org.thornback.api.scheduling.Shortage;

class RayletTablesTest {
    private final RayletFixture fixture = new RayletFixture(2);

    private ClusterSnapshot snapshot() {
        return fixture.raylet.tables().snapshot();
    }

    private List<LeaseInfo.State> states() {
        return snapshot().leases().stream().map(LeaseInfo::state).toList();
    }

    @Test
    void shouldShowHowFarLeasesAreAndWhyTheyWait() {
        Client driver = fixture.driver();
        fixture.request(driver, 1, 1.5);
        fixture.request(driver, 2, 1);
        fixture.request(driver, 3, 0.5);
        fixture.round();
        assertThat(states())
                .containsExactly(LeaseInfo.State.STARTING, LeaseInfo.State.WAITING, LeaseInfo.State.STARTING);

        Client worker = fixture.lend();
        fixture.raylet.blocked(worker, 1);

        LeaseInfo first = snapshot().leases().getFirst();
        assertThat(first.state()).isEqualTo(LeaseInfo.State.BLOCKED);
        assertThat(first.worker()).contains(worker.id());
        assertThat(first.pid()).isEqualTo(worker.pid());
        fixture.raylet.blocked(worker, 0);
        LeaseInfo second = snapshot().leases().get(1);
        assertThat(second.request().function()).isEqualTo("Main.run");
        assertThat(second.shortage()).contains(new Shortage(Shortage.Kind.NOW, Map.of("CPU", 10_000L)));
    }

    @Test
    void shouldShowActorsFromTheirOrderToTheirEnd() {
        Client driver = fixture.driver();
        Client worker =
                fixture.alive(1, RayletFixture.order(driver.jobId(), 0, true, "counter", RayletFixture.cpus(1)));
        assertThat(snapshot().actors()).singleElement().satisfies(actor -> {
            assertThat(actor.state()).isEqualTo(ActorInfo.State.ALIVE);
            assertThat(actor.name()).isEqualTo("counter");
            assertThat(actor.worker()).contains(worker.id());
            assertThat(actor.pid()).isEqualTo(worker.pid());
            assertThat(actor.detached()).isTrue();
        });

        assertThat(fixture.raylet.tables().killActor(RayletFixture.actorId(1))).isTrue();

        assertThat(fixture.pool.killed).containsExactly(worker.id());
        assertThat(snapshot().actors()).singleElement().satisfies(actor -> {
            assertThat(actor.state()).isEqualTo(ActorInfo.State.DEAD);
            assertThat(actor.worker()).isEqualTo(Optional.empty());
            assertThat(actor.cause()).isEqualTo("it was killed");
        });
        assertThat(fixture.raylet.tables().killActor(RayletFixture.actorId(1))).isFalse();
    }

    @Test
    void shouldKeepJobsThatHaveFinishedForLists() {
        Client first = fixture.driver();
        fixture.driver();

        fixture.raylet.clientGone(first);

        assertThat(snapshot().jobs()).extracting(JobInfo::id).containsExactly(1, 2);
        assertThat(snapshot().jobs())
                .extracting(JobInfo::state)
                .containsExactly(JobInfo.State.FINISHED, JobInfo.State.RUNNING);
        assertThat(snapshot().jobs()).extracting(JobInfo::entrypoint).containsExactly("Main1", "Main2");
    }
}
