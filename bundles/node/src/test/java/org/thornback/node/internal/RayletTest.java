// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thornback.node.internal.RayletFixture.actorId;
import static org.thornback.node.internal.RayletFixture.cpus;
import static org.thornback.node.internal.RayletFixture.objectId;
import static org.thornback.node.internal.RayletFixture.order;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thornback.api.cluster.NodeStatus;
import org.thornback.api.id.BinaryId;
import org.thornback.layout.WorkerFiles;
import org.thornback.node.internal.FakeLink.Assigned;
import org.thornback.node.internal.FakeLink.CollectGarbage;
import org.thornback.node.internal.FakeLink.Exit;
import org.thornback.node.internal.FakeLink.Granted;
import org.thornback.node.internal.FakeLink.LeaseRefused;
import org.thornback.node.internal.FakeLink.Lines;
import org.thornback.node.internal.FakeLink.Notice;
import org.thornback.node.internal.FakeLink.Welcome;

class RayletTest {
    private final RayletFixture node = new RayletFixture(2);
    private final Raylet raylet = node.raylet;

    private Client leased(Client driver) {
        node.request(driver, 1, 1);
        node.round();
        return node.lend();
    }

    @Test
    void shouldWelcomeADriverWithItsJobAndAWorkerWithoutOne() {
        Client driver = node.driver();
        Client worker = node.worker();

        assertThat(node.link(driver).heard()).containsExactly(new Welcome(1, "space", "/tmp/session"));
        assertThat(node.link(worker).heard()).containsExactly(new Welcome(0, "", "/tmp/session"));
        assertThat(node.records.facts).containsExactly("job 1 RUNNING");
    }

    @Test
    void shouldBeReadyOnceWhenTheFirstWorkerTakesCalls() {
        int[] ready = {0};
        raylet.whenFirstWorker(() -> ready[0]++);
        node.driver();
        assertThat(ready[0]).isZero();

        node.worker();
        node.worker();

        assertThat(ready[0]).isEqualTo(1);
    }

    @Test
    void shouldSendAWorkerAwayThatThePoolGaveUpMeanwhile() {
        int[] ready = {0};
        raylet.whenFirstWorker(() -> ready[0]++);
        Client worker = node.worker();
        node.pool.started.remove(worker.id());
        ready[0] = 0;

        raylet.workerListens(worker, "/tmp/late");

        assertThat(node.link(worker).heard(Exit.class)).hasSize(1);
        assertThat(ready[0]).isZero();
    }

    @Test
    void shouldEndAJobWithItsDriver() {
        Client driver = node.driver();
        Client worker = leased(driver);
        Client idle = node.worker();

        raylet.clientGone(driver);

        assertThat(node.records.facts).containsExactly("job 1 RUNNING", "job 1 FINISHED");
        assertThat(node.store.endedJobs).containsExactly(1);
        assertThat(node.pool.killed).as("and no other").containsExactly(worker.id());
        assertThat(raylet.status().jobs()).isZero();
        node.end(worker, 137);
        node.end(idle, 137);
        assertThat(node.scheduler.available()).isEqualTo(cpus(2));
    }

    @Test
    void shouldKeepWhatADetachedActorNeedsUntilItDies() {
        Client driver = node.driver(List.of("-Djob"), Map.of("A", "b"), List.of("/code"));
        Client worker = node.alive(1, order(1, -1, true, "kept", cpus(1)));
        Client idle = leased(driver);
        raylet.clientGone(driver);
        assertThat(node.pool.killed).containsExactly(idle.id());
        assertThat(node.store.endedJobs)
                .as("the actor may hold objects of its job")
                .isEmpty();

        node.end(worker, 137);
        node.round();

        assertThat(node.pool.demands.values()).singleElement().satisfies(demand -> {
            assertThat(demand.jvmOptions()).containsExactly("-Djob", "-Dactor");
            assertThat(demand.environment()).containsEntry("A", "b");
        });
        Client again = node.lend();
        assertThat(node.link(again).heard(Assigned.class))
                .containsExactly(new Assigned(1, List.of("/code"), "space", ""));
        raylet.actors().constructed(actorId(1), true, "", new byte[0]);
        raylet.actors().kill(actorId(1), true);
        assertThat(node.store.endedJobs).containsExactly(1);
        assertThat(node.pool.killed).contains(again.id());
    }

    @Test
    void shouldRunTasksOfADetachedActorWhoseJobHasEnded() {
        Client driver = node.driver(List.of(), Map.of(), List.of("/code"));
        Client actor = node.alive(1, order(1, 0, true, "kept", cpus(0)));
        raylet.clientGone(driver);
        node.request(actor, 5, 1);
        node.round();

        Client worker = node.lend();

        assertThat(node.link(worker).heard(Assigned.class)).hasSize(1);
        assertThat(node.link(actor).heard(Granted.class)).hasSize(1);
        raylet.actors().kill(actorId(1), true);
        assertThat(node.pool.killed).contains(worker.id(), actor.id());
    }

    @Test
    void shouldTellAnOwnerWhyItsLeaseCannotBeHad() {
        Client driver = node.driver();
        node.request(driver, 7, 1);
        node.round();

        raylet.workerFailed(node.pool.takeDemand(), "no JVM");

        assertThat(node.link(driver).heard(LeaseRefused.class)).containsExactly(new LeaseRefused(7, "no JVM"));
        assertThat(node.scheduler.available()).isEqualTo(cpus(2));
        assertThat(driver.requests()).isEmpty();
    }

    @Test
    void shouldKillAWorkerThatCannotBeReachedAndDropAllItHeld() {
        Client driver = node.driver();
        Client worker = leased(driver);
        raylet.references().change(objectId(1), worker.id(), 1);
        raylet.references().change(objectId(2), driver.id(), 1);
        raylet.references().change(objectId(2), worker.id(), 1);

        raylet.clientGone(worker);
        node.round();

        assertThat(node.pool.killed).containsExactly(worker.id());
        assertThat(node.store.deleted).containsExactly(FakeStore.idOf(objectId(1)));
        assertThat(node.store.held).containsExactly(FakeStore.idOf(objectId(2)));
    }

    @Test
    void shouldWarnOfTheEndOfAWorkerOnlyWhenNobodyWantedIt() {
        Client driver = node.driver();
        Client leased = leased(driver);
        Client exits = node.alive(1, order(1, 0, false, "", cpus(0)));
        Client killed = node.alive(2, order(1, 0, false, "", cpus(0)));
        Client idle = node.worker();
        raylet.actors().exiting(actorId(1));
        raylet.actors().kill(actorId(2), true);

        try (RecordedWarnings warnings = new RecordedWarnings("ray.raylet")) {
            node.end(exits, 0);
            node.end(killed, 137);
            node.end(idle, 0);
            assertThat(warnings.lines()).isEmpty();

            node.end(leased, 1);

            assertThat(warnings.lines())
                    .containsExactly("worker pid=" + leased.pid() + " ended with exit status 1 while it was leased");
        }
    }

    @Test
    void shouldRemoveTheSocketOfAWorkerKilledBeforeItSaidThatItListens(@TempDir Path directory) throws Exception {
        RayletFixture here = new RayletFixture(1, directory.resolve("raylet"));
        Client worker = here.joined();
        Path socket = Files.createFile(
                WorkerFiles.socket(directory.resolve("raylet"), worker.id().hex()));

        here.end(worker, 137);

        assertThat(socket).doesNotExist();
    }

    @Test
    void shouldForwardWhatAWorkerPrintsToTheDriverOfItsJob() {
        Client driver = node.driver();
        Client other = node.driver();
        Client worker = leased(driver);
        Client idle = node.worker();

        raylet.printed(worker.id(), true, "oh dear\n");
        raylet.printed(idle.id(), false, "for nobody\n");
        raylet.printed(BinaryId.random(), false, "of nobody\n");

        assertThat(node.link(driver).heard(Lines.class))
                .containsExactly(new Lines(worker.pid(), true, "127.0.0.1", "oh dear\n"));
        assertThat(node.link(other).heard(Lines.class)).isEmpty();
        raylet.clientGone(driver);
        raylet.printed(worker.id(), true, "last words\n");
        assertThat(node.link(driver).heard(Lines.class)).hasSize(1);
    }

    @Test
    void shouldSayOnceWhatCanNeverRunHere() {
        Client driver = node.driver();
        raylet.requestLease(driver, 1, Map.of("CPU", 3 * RayletFixture.UNIT, "GPU", 5_000L), "Main.train");

        node.round();
        node.round();

        assertThat(node.link(driver).heard(Notice.class))
                .containsExactly(new Notice("The task or actor Main.train cannot be scheduled: it needs"
                        + " {CPU: 3, GPU: 0.5} and no node has that; the cluster has {CPU: 2}."
                        + " It waits until a node with enough joins."));
    }

    @Test
    void shouldReportWhatIsUsedAndWhatWaits() {
        Client driver = node.driver();
        leased(driver);
        for (int i = 2; i < 5; i++) {
            node.request(driver, i, 2);
        }
        node.request(driver, 9, 8);
        raylet.actors().create(actorId(1), order(1, 0, false, "", cpus(0)));
        raylet.actors().create(actorId(2), order(1, 0, false, "", cpus(0)));
        raylet.actors().kill(actorId(2), true);
        node.round();

        NodeStatus status = raylet.status();

        assertThat(status.total()).isEqualTo(cpus(2));
        assertThat(status.available()).isEqualTo(cpus(1));
        assertThat(status.demands())
                .containsExactlyInAnyOrder(new NodeStatus.Demand(cpus(2), 3), new NodeStatus.Demand(cpus(8), 1));
        assertThat(status.jobs()).isEqualTo(1);
        assertThat(status.workers()).isEqualTo(1);
        assertThat(status.actors()).isEqualTo(1);
        assertThat(raylet.amounts())
                .containsExactly(new NodeFacts.Amount("CPU", 2 * RayletFixture.UNIT, RayletFixture.UNIT));
    }

    @Test
    void shouldAskEveryClientToCollectGarbageWhenTheStoreIsShortOfRoom() {
        Client driver = node.driver();
        Client worker = node.worker();
        Client gone = node.driver();
        raylet.clientGone(gone);

        raylet.shortOfRoom();

        assertThat(node.link(driver).heard(CollectGarbage.class)).hasSize(1);
        assertThat(node.link(worker).heard(CollectGarbage.class)).hasSize(1);
        assertThat(node.link(gone).heard(CollectGarbage.class)).isEmpty();
    }
}
