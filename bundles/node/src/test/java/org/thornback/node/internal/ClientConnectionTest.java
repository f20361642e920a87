// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.thornback.node.internal.RayletFixture.actorId;
import static org.thornback.node.internal.RayletFixture.cpus;
import static org.thornback.node.internal.RayletFixture.objectId;

import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.thornback.api.cluster.TaskInfo;
import org.thornback.api.cluster.TaskTable;
import org.thornback.api.id.BinaryId;
import org.thornback.layout.message.ActorStatus;
import org.thornback.node.internal.FakeLink.Actors;
import org.thornback.node.internal.FakeLink.Construct;
import org.thornback.node.internal.FakeLink.Created;
import org.thornback.node.internal.FakeLink.Found;
import org.thornback.node.internal.FakeLink.Granted;
import org.thornback.node.internal.FakeLink.Listed;
import org.thornback.node.internal.FakeLink.Node;
import org.thornback.node.internal.FakeLink.Nodes;
import org.thornback.node.internal.FakeLink.Refused;
import org.thornback.node.internal.FakeLink.ReportTasks;
import org.thornback.node.internal.FakeLink.Update;
import org.thornback.node.internal.FakeLink.Welcome;

class ClientConnectionTest {
    private static final byte[] RIGHT = {1};
    private static final byte[] WRONG = {2};
    private static final BinaryId ID = actorId(1);

    private final RayletFixture node = new RayletFixture(2);
    private final ClientFrames frames = new ClientFrames();
    private final BinaryId driverId = BinaryId.random();
    private final BinaryId workerId = BinaryId.random();

    /** Knows the right proof, and numbers jobs when the test says so. */
    private static final class FakeAdmission implements Admission {
        private final List<IntConsumer> waiting = new ArrayList<>();
        private final List<Consumer<String>> refusals = new ArrayList<>();

        @Override
        public void code(List<String> path, Consumer<List<String>> action, Consumer<String> refusal) {
            action.accept(path);
        }

        @Override
        public boolean passwordProven(byte[] clientId, byte[] proof) {
            return Arrays.equals(proof, RIGHT);
        }

        @Override
        public String clusterAddress() {
            return "10.0.0.1:6379";
        }

        @Override
        public void nextJobId(IntConsumer action, Consumer<String> refusal) {
            waiting.add(action);
            refusals.add(refusal);
        }
    }

    /** One client's end: it sends frames and its link keeps the answers. */
    private final class Peer {
        final FakeLink link = new FakeLink();
        final FakeAdmission admission = new FakeAdmission();
        final ClientConnection connection = new ClientConnection(node.raylet, admission, link);

        /** Sends a frame that lies somewhere in a larger buffer, as they do. */
        Peer send(byte[] frame) {
            byte[] memory = new byte[frame.length + 24];
            System.arraycopy(frame, 0, memory, 12, frame.length);
            connection.onFrame(link, MemorySegment.ofArray(memory), 12, frame.length);
            return this;
        }

        <T> T last(Class<T> kind) {
            return link.heard(kind).getLast();
        }
    }

    private Peer driver() {
        Peer peer = new Peer().send(frames.driver(driverId, 1, RIGHT));
        peer.admission.waiting.getLast().accept(1);
        return peer;
    }

    private Peer worker() {
        node.pool.started.add(workerId);
        return new Peer().send(frames.worker(workerId)).send(frames.listening("/tmp/worker"));
    }

    @Test
    void shouldWelcomeADriverOnceItsJobHasANumber() {
        Peer peer = new Peer().send(frames.driver(driverId, 1, RIGHT));
        assertThat(peer.link.heard()).isEmpty();

        peer.admission.waiting.getLast().accept(7);

        Welcome welcome = peer.last(Welcome.class);
        assertThat(welcome.jobId()).isEqualTo(7);
        assertThat(welcome.namespace()).as("one of its own").hasSize(36);
        assertThat(node.records.facts).containsExactly("job 7 RUNNING");
        peer.send(frames.requestLease(1, cpus(1), "Main.run"));
        node.round();
        assertThat(node.pool.demands.values()).singleElement().satisfies(demand -> {
            assertThat(demand.jobId()).isEqualTo(7);
            assertThat(demand.jvmOptions()).containsExactly("-Djob");
            assertThat(demand.environment()).isEqualTo(Map.of("A", "b"));
        });
    }

    @Test
    void shouldAskOwnersForTheirTasksAndReadWhatTheySay() {
        Peer peer = driver();
        var table = node.raylet.tables().tasks(10).toCompletableFuture();
        ReportTasks asked = peer.last(ReportTasks.class);
        assertThat(asked.most()).isEqualTo(10);
        BinaryId ofNoActor = BinaryId.ofHex("ab".repeat(8) + "ff".repeat(12) + "07000000");

        peer.send(frames.taskReport(asked.requestId(), ofNoActor, workerId, "Main.run", 5));
        node.round();

        TaskTable told = table.join();
        assertThat(told.counts()).containsExactly(new TaskTable.Count("Main.run", TaskInfo.State.FINISHED, 5));
        assertThat(told.tasks()).singleElement().satisfies(task -> {
            assertThat(task.id()).isEqualTo(ofNoActor);
            assertThat(task.jobId()).isEqualTo(7);
            assertThat(task.type()).isEqualTo(TaskInfo.Type.NORMAL_TASK);
            assertThat(task.state()).isEqualTo(TaskInfo.State.RUNNING);
            assertThat(task.name()).as("none of its own").isEqualTo("Main.run");
            assertThat(task.attempt()).isEqualTo(2);
            assertThat(task.worker()).contains(workerId);
            assertThat(task.began()).contains(Instant.ofEpochMilli(1_000));
            assertThat(task.ended()).isEmpty();
        });
    }

    @Test
    void shouldBeginNoJobForADriverThatDiesBeforeItHasANumber() {
        Peer peer = new Peer().send(frames.driver(driverId, 1, RIGHT));
        peer.connection.onClosed(peer.link);

        peer.admission.waiting.getLast().accept(7);

        assertThat(node.records.facts).isEmpty();
        assertThat(node.raylet.status().jobs()).isZero();
    }

    @Test
    void shouldRefuseAWrongPasswordAndSayWhichClusterItIs() {
        Peer peer = new Peer().send(frames.driver(driverId, 1, WRONG));

        assertThat(peer.last(Refused.class).reason())
                .isEqualTo("Wrong Redis password: the password given (ray.redis.password) is not the one of the"
                        + " cluster at 10.0.0.1:6379");
        assertThat(peer.link.isClosed()).isTrue();
        assertThat(peer.admission.waiting).isEmpty();
    }

    @Test
    void shouldRefuseAnotherVersionOfTheProtocol() {
        Peer peer = new Peer().send(frames.driver(driverId, 2, RIGHT));

        assertThat(peer.last(Refused.class).reason()).contains("protocol version=2", "node version=1");
        assertThat(peer.link.isClosed()).isTrue();
    }

    @Test
    void shouldTellADriverWhyItsJobGetsNoNumber() {
        Peer peer = new Peer().send(frames.driver(driverId, 1, RIGHT));

        peer.admission.refusals.getLast().accept("no Redis");

        assertThat(peer.last(Refused.class).reason()).isEqualTo("no Redis");
        assertThat(peer.link.isClosed()).isTrue();
    }

    @Test
    void shouldRefuseAWorkerThatIsNoneOrHasEnded() {
        Peer peer = new Peer().send(frames.worker(workerId));

        assertThat(peer.last(Refused.class).reason()).contains("no worker id=" + workerId);
        assertThat(peer.link.isClosed()).isTrue();
        peer.connection.onClosed(peer.link);
        assertThat(node.pool.killed).isEmpty();
    }

    @Test
    void shouldTakeNothingFromWhoHasNotBeenWelcomed() {
        Peer silent = new Peer();
        Peer waiting = new Peer().send(frames.driver(driverId, 1, RIGHT));

        for (Peer peer : List.of(silent, waiting)) {
            assertThatThrownBy(() -> peer.send(frames.requestLease(1, cpus(1), "Main.run")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("before Welcome");
        }
        assertThatThrownBy(() -> waiting.send(frames.driver(driverId, 1, RIGHT)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(waiting.admission.waiting).as("one number for one job").hasSize(1);
    }

    @Test
    void shouldNotUnderstandWhatIsNoMessage() {
        Peer peer = driver();

        assertThatThrownBy(() -> peer.send(ClientFrames.unknown()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("template=4711");
    }

    @Test
    void shouldLendReturnAndTakeBack() {
        Peer driver = driver();
        Peer worker = worker();
        driver.send(frames.requestLease(1, cpus(1), "Main.run"));
        driver.send(frames.requestLease(2, cpus(2), "Main.run"));
        node.round();
        node.raylet.leases().available(node.pool.takeDemand(), workerId);
        Granted granted = driver.last(Granted.class);
        assertThat(granted).isEqualTo(new Granted(1, granted.leaseId(), workerId, 77, "/tmp/worker"));

        worker.send(frames.blocked(1));
        assertThat(node.scheduler.available()).isEqualTo(cpus(2));
        worker.send(frames.blocked(0));
        driver.send(frames.cancelRequest(2));
        driver.send(frames.returnLease(granted.leaseId(), false));
        node.round();

        assertThat(node.pool.givenBack).containsExactly(workerId);
        assertThat(node.pool.demands).isEmpty();
        assertThat(node.scheduler.available()).isEqualTo(cpus(2));
    }

    @Test
    void shouldEndAWorkerThatItsOwnerLost() {
        Peer driver = driver();
        worker();
        driver.send(frames.requestLease(1, cpus(1), "Main.run"));
        node.round();
        node.raylet.leases().available(node.pool.takeDemand(), workerId);

        driver.send(frames.returnLease(driver.last(Granted.class).leaseId(), true));

        assertThat(node.pool.killed).containsExactly(workerId);
        assertThat(node.pool.givenBack).isEmpty();
        assertThat(node.scheduler.available()).isEqualTo(cpus(2));
    }

    @Test
    void shouldCountReferencesForTheHolderThatIsNamed() {
        Peer driver = driver();
        Peer worker = worker();
        driver.send(frames.reference(objectId(1), driverId, 1));
        worker.send(frames.reference(objectId(2), driverId, 1));
        worker.send(frames.reference(objectId(1), workerId, 1));
        driver.send(frames.reference(objectId(1), driverId, -1));
        worker.connection.onClosed(worker.link);
        node.round();

        assertThat(node.store.deleted).containsExactly(FakeStore.idOf(objectId(1)));
        driver.send(frames.goodbye());
        node.round();
        assertThat(node.store.deleted).endsWith(FakeStore.idOf(objectId(2)));
    }

    @Test
    void shouldCreateFindListAndEndActors() {
        Peer driver = driver();
        Peer worker = worker();
        driver.send(frames.createActor(1, ID, "counter"));
        driver.send(frames.createActor(2, actorId(2), "counter"));
        driver.send(frames.subscribe(ID));
        assertThat(driver.link.heard(Created.class))
                .containsExactly(new Created(1, true, ""), new Created(2, false, "Actor of name counter exists"));
        node.round();
        node.raylet.leases().available(node.pool.takeDemand(), workerId);
        assertThat(worker.last(Construct.class)).isEqualTo(new Construct(ID, 0, 4, List.of(), "s"));
        worker.send(frames.constructed(ID));
        assertThat(driver.last(Update.class).status()).isEqualTo(ActorStatus.ALIVE);

        driver.send(frames.find(5, "counter", "space"));
        driver.send(frames.find(6, "counter", "other"));
        driver.send(frames.listActors(7));

        assertThat(driver.link.heard(Found.class))
                .containsExactly(new Found(5, Optional.of(ID), "Counter"), new Found(6, Optional.empty(), ""));
        assertThat(driver.last(Actors.class))
                .isEqualTo(new Actors(7, List.of(new Listed(ActorStatus.ALIVE, 77, "counter", "Counter"))));
        driver.send(frames.kill(ID, false));
        assertThat(node.pool.killed).containsExactly(workerId);
        driver.send(frames.kill(ID, true));
        assertThat(driver.last(Update.class).status()).isEqualTo(ActorStatus.DEAD);
    }

    @Test
    void shouldHearOfHandlesAndOfAnActorsOwnEnd() {
        Peer driver = driver();
        Peer worker = worker();
        driver.send(frames.createActor(1, ID, ""));
        node.round();
        node.raylet.leases().available(node.pool.takeDemand(), workerId);
        worker.send(frames.constructed(ID));
        driver.send(frames.handles(ID, driverId, 1));

        worker.send(frames.exiting(ID));
        node.raylet.workerEnded(workerId, 77, 0);

        assertThat(node.raylet.actors().find(ID).cause()).isEqualTo("it exited by Ray.exitActor()");
    }

    @Test
    void shouldListThisNodeWithItsResources() {
        Peer driver = driver();

        driver.send(frames.listNodes(3));

        assertThat(driver.last(Nodes.class))
                .isEqualTo(new Nodes(
                        3,
                        List.of(new Node("127.0.0.1", "host", List.of(new NodeFacts.Amount("CPU", 20_000, 20_000))))));
    }

    @Test
    void shouldEndTheJobOfADriverThatSaysGoodbyeOnlyOnce() {
        Peer driver = driver();

        driver.send(frames.goodbye());
        driver.connection.onClosed(driver.link);

        assertThat(node.records.facts).containsExactly("job 1 RUNNING", "job 1 FINISHED");
    }
}
