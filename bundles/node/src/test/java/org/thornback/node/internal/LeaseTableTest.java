// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.thornback.api.worker.WorkerDemand;
import org.thornback.node.internal.FakeLink.Assigned;
import org.thornback.node.internal.FakeLink.Granted;

class LeaseTableTest {
    private final RayletFixture node = new RayletFixture(2);

    private List<Granted> granted(Client owner) {
        return node.link(owner).heard(Granted.class);
    }

    private double freeCpus() {
        return node.scheduler.available().get("CPU") / (double) RayletFixture.UNIT;
    }

    @Test
    void shouldWantAWorkerOnlyOnceTheSchedulerGrants() {
        Client driver = node.driver();
        node.request(driver, 1, 2);
        node.request(driver, 2, 1);
        assertThat(node.pool.demands).isEmpty();

        node.round();

        assertThat(node.pool.demands).as("the second does not fit").hasSize(1);
        assertThat(granted(driver)).isEmpty();
        Client worker = node.lend();
        Granted first = granted(driver).getFirst();
        assertThat(first.requestId()).isEqualTo(1);
        assertThat(first.worker()).isEqualTo(worker.id());
        assertThat(first.pid()).isEqualTo(worker.pid());
        assertThat(first.socket()).isEqualTo("/tmp/" + worker.id().hex());
        node.raylet.returnLease(driver, first.leaseId(), false);
        node.round();
        assertThat(node.pool.demands).as("what came back is granted again").hasSize(1);
    }

    @Test
    void shouldGiveWorkerAndResourcesBackWhenALeaseEnds() {
        Client driver = node.driver();
        node.request(driver, 1, 1);
        node.round();
        Client worker = node.lend();
        assertThat(freeCpus()).isEqualTo(1);

        long lease = granted(driver).getFirst().leaseId();
        node.raylet.returnLease(driver, lease, false);
        node.raylet.returnLease(driver, lease, false);

        assertThat(node.pool.givenBack).as("once").containsExactly(worker.id());
        assertThat(freeCpus()).isEqualTo(2);
    }

    @Test
    void shouldNotEndTheLeaseOfAnotherOwner() {
        Client driver = node.driver();
        Client other = node.driver();
        node.request(driver, 1, 1);
        node.round();
        node.lend();

        node.raylet.returnLease(other, granted(driver).getFirst().leaseId(), false);

        assertThat(node.pool.givenBack).isEmpty();
        assertThat(freeCpus()).isEqualTo(1);
    }

    @Test
    void shouldWantNoWorkerAnyMoreWhenTheRequestIsTakenBack() {
        Client driver = node.driver();
        node.request(driver, 1, 2);
        node.request(driver, 2, 2);
        node.round();
        long demand = node.pool.demands.keySet().iterator().next();
        Client worker = node.worker();

        node.raylet.cancelRequest(driver, 1);

        assertThat(node.pool.demands).isEmpty();
        assertThat(freeCpus()).isEqualTo(2);
        node.raylet.leases().available(demand, worker.id());
        assertThat(node.pool.givenBack).as("a worker that was on its way").containsExactly(worker.id());
        assertThat(granted(driver)).isEmpty();
        node.raylet.cancelRequest(driver, 2);
        node.round();
        assertThat(node.pool.demands)
                .as("the second was taken back while it waited")
                .isEmpty();
    }

    @Test
    void shouldWantAnotherWorkerWhenTheOneThatWasLentHasEndedMeanwhile() {
        Client driver = node.driver();
        node.request(driver, 1, 1);
        node.round();
        long demand = node.pool.takeDemand();
        Client dead = node.worker();
        node.end(dead, 137);

        node.raylet.leases().available(demand, dead.id());

        assertThat(node.pool.demands).containsOnlyKeys(demand);
        Client worker = node.lend();
        assertThat(granted(driver)).extracting(Granted::worker).containsExactly(worker.id());
    }

    @Test
    void shouldTellThePoolWhatTheJvmOfAJobAndOfItsActorNeeds() {
        Client driver = node.driver(List.of("-Djob"), Map.of("A", "b"), List.of());
        node.request(driver, 1, 1);
        node.raylet.actors().create(RayletFixture.actorId(1), RayletFixture.anonymous(driver.jobId()));

        node.round();

        assertThat(node.pool.demands.values())
                .containsExactly(
                        new WorkerDemand(driver.jobId(), false, List.of("-Djob"), Map.of("A", "b")),
                        new WorkerDemand(driver.jobId(), true, List.of("-Djob", "-Dactor"), Map.of("A", "b")));
    }

    @Test
    void shouldAssignAWorkerToItsJobOnceAndBeforeItIsLent() {
        Client driver = node.driver(List.of(), Map.of(), List.of("/code/classes", "/code/some.jar"));
        node.request(driver, 1, 1);
        node.round();
        Client worker = node.lend();
        node.raylet.returnLease(driver, granted(driver).getFirst().leaseId(), false);
        node.request(driver, 2, 1);
        node.round();

        node.lend(worker);

        assertThat(node.link(worker).heard(Assigned.class))
                .containsExactly(new Assigned(driver.jobId(), List.of("/code/classes", "/code/some.jar"), "space", ""));
        assertThat(granted(driver)).hasSize(2);
    }

    @Test
    void shouldRunAnotherTaskInTheSameProcessWhenAllTasksOfAWorkerWait() {
        Client driver = node.driver();
        node.request(driver, 1, 2);
        node.round();
        Client worker = node.lend();
        node.request(worker, 7, 2);
        node.round();
        assertThat(granted(worker)).isEmpty();

        node.raylet.blocked(worker, 1);
        node.round();

        assertThat(node.pool.demands).as("no second process").isEmpty();
        assertThat(granted(worker)).extracting(Granted::worker).containsExactly(worker.id());
        node.request(driver, 3, 1);
        node.round();
        assertThat(granted(driver))
                .as("the one that runs there now does not wait")
                .hasSize(1);
    }

    @Test
    void shouldNotPutTasksOfAnotherJobIntoAWorkerThatWaits() {
        Client driver = node.driver();
        node.request(driver, 1, 1);
        node.round();
        node.raylet.blocked(node.lend(), 1);
        Client other = node.driver();

        node.request(other, 1, 1);
        node.round();

        assertThat(granted(other)).isEmpty();
        assertThat(node.pool.demands.values()).extracting(WorkerDemand::jobId).containsExactly(other.jobId());
    }

    @Test
    void shouldFreeTheCpusOfAsManyLeasesAsTasksWait() {
        Client driver = node.driver();
        node.request(driver, 1, 1);
        node.round();
        Client worker = node.lend();
        node.raylet.blocked(worker, 1);
        node.request(driver, 2, 1);
        node.round();
        assertThat(granted(driver)).as("both in one process").hasSize(2);
        assertThat(freeCpus()).isEqualTo(1);

        node.raylet.blocked(worker, 2);

        assertThat(freeCpus()).isEqualTo(2);
        node.raylet.blocked(worker, 1);
        assertThat(freeCpus()).isEqualTo(1);
        node.raylet.returnLease(driver, granted(driver).getLast().leaseId(), false);
        assertThat(freeCpus()).as("the other one still waits").isEqualTo(2);
        assertThat(node.pool.givenBack).as("the worker is still lent").isEmpty();
        node.raylet.blocked(worker, 0);
        assertThat(freeCpus()).isEqualTo(1);
    }

    @Test
    void shouldGetEverythingBackFromAWorkerThatDies() {
        Client driver = node.driver();
        node.request(driver, 1, 1);
        node.round();
        Client worker = node.lend();
        node.raylet.blocked(worker, 1);
        node.request(driver, 2, 1);
        node.round();
        node.request(worker, 3, 2);
        node.round();

        node.end(worker, 137);

        assertThat(freeCpus()).isEqualTo(2);
        assertThat(driver.leases()).isEmpty();
        assertThat(node.pool.givenBack).as("nobody lends a dead worker").isEmpty();
        node.round();
        assertThat(node.pool.demands).as("nor asks for those it wanted").isEmpty();
        node.request(driver, 4, 2);
        node.round();
        assertThat(node.pool.demands).hasSize(1);
    }

    @Test
    void shouldEndLeasesAndRequestsOfAnOwnerThatIsGone() {
        Client driver = node.driver();
        node.request(driver, 1, 1);
        node.round();
        Client worker = node.lend();
        node.request(driver, 2, 1);
        node.round();
        node.request(driver, 3, 1);

        node.raylet.clientGone(driver);
        node.raylet.clientGone(driver);
        node.round();

        assertThat(node.pool.demands).isEmpty();
        assertThat(freeCpus()).isEqualTo(2);
        assertThat(node.scheduler.waiting()).isEmpty();
        assertThat(node.pool.killed).as("it may hold the job's classes").containsExactly(worker.id());
    }
}
