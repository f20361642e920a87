// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.thornback.layout.message.ActorStatus.ALIVE;
import static org.thornback.layout.message.ActorStatus.DEAD;
import static org.thornback.layout.message.ActorStatus.PENDING_CREATION;
import static org.thornback.layout.message.ActorStatus.RESTARTING;
import static org.thornback.node.internal.RayletFixture.actorId;
import static org.thornback.node.internal.RayletFixture.anonymous;
import static org.thornback.node.internal.RayletFixture.cpus;
import static org.thornback.node.internal.RayletFixture.order;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.thornback.api.id.BinaryId;
import org.thornback.node.internal.FakeLink.Construct;
import org.thornback.node.internal.FakeLink.Update;

class ActorDirectoryTest {
    private static final int FOR_EVER = -1;
    private static final BinaryId ID = actorId(1);

    private final RayletFixture node = new RayletFixture(2);
    private final ActorDirectory actors = node.raylet.actors();
    private final Client driver = node.driver();
    private final int job = driver.jobId();

    private List<Update> updates(Client client) {
        return node.link(client).heard(Update.class);
    }

    private Update lastUpdate() {
        return updates(driver).getLast();
    }

    private void hold(BinaryId id, Client holder, int delta) {
        actors.handles(id, holder.id(), delta);
    }

    @Test
    void shouldTellSubscribersTheStateAtOnceAndEveryChange() {
        assertThat(actors.create(ID, order(job, 1, false, "", cpus(1)))).isEmpty();
        actors.subscribe(ID, driver);
        node.round();
        Client first = node.lend();
        actors.constructed(ID, true, "", new byte[0]);
        node.end(first, 137);
        node.round();
        Client second = node.lend();
        actors.constructed(ID, true, "", new byte[0]);
        node.end(second, 1);

        assertThat(updates(driver))
                .extracting(Update::status)
                .containsExactly(PENDING_CREATION, ALIVE, RESTARTING, ALIVE, DEAD);
        assertThat(updates(driver)).extracting(Update::restarts).containsExactly(0, 0, 1, 1, 1);
        assertThat(updates(driver))
                .extracting(Update::socket)
                .containsExactly(
                        "",
                        "/tmp/" + first.id().hex(),
                        "",
                        "/tmp/" + second.id().hex(),
                        "");
        assertThat(lastUpdate().cause()).isEqualTo("its worker pid=" + second.pid() + " ended with exit status 1");
        assertThat(node.link(second).heard(Construct.class))
                .containsExactly(new Construct(ID, 1, 1, List.of(), "specification"));
        assertThat(node.scheduler.available()).isEqualTo(cpus(2));
        assertThat(node.records.facts)
                .containsExactly(
                        "job 1 RUNNING",
                        "Counter PENDING",
                        "Counter ALIVE",
                        "Counter RESTARTING",
                        "Counter ALIVE",
                        "Counter DEAD");
    }

    @Test
    void shouldConstructAgainAsOftenAsAskedFor() {
        Client worker = node.alive(1, order(job, FOR_EVER, false, "", cpus(1)));
        for (int i = 0; i < 5; i++) {
            node.end(worker, 137);
            node.round();
            worker = node.lend();
            actors.constructed(ID, true, "", new byte[0]);
        }

        assertThat(actors.find(ID).state()).isEqualTo(Actor.State.ALIVE);
        assertThat(actors.find(ID).restarts()).isEqualTo(5);
        actors.kill(ID, true);
        assertThat(actors.find(ID).isDead()).isTrue();
        assertThat(node.pool.killed).endsWith(worker.id());
    }

    @Test
    void shouldConstructAnActorAgainThatWasKilledOnlyForNow() {
        Client worker = node.alive(1, order(job, 1, false, "", cpus(1)));
        actors.subscribe(ID, driver);

        actors.kill(ID, false);

        assertThat(node.pool.killed).containsExactly(worker.id());
        assertThat(lastUpdate().status()).as("until the process has ended").isEqualTo(ALIVE);
        node.end(worker, 137);
        assertThat(lastUpdate().status()).isEqualTo(RESTARTING);
    }

    @Test
    void shouldNeverConstructAnActorAgainThatExited() {
        Client worker = node.alive(1, order(job, FOR_EVER, false, "", cpus(1)));
        actors.subscribe(ID, driver);

        actors.exiting(ID);
        node.end(worker, 0);

        assertThat(lastUpdate().status()).isEqualTo(DEAD);
        assertThat(lastUpdate().cause()).isEqualTo("it exited by Ray.exitActor()");
        node.round();
        assertThat(node.pool.demands).isEmpty();
    }

    @Test
    void shouldHandOnWhatAConstructorThrewAndEndItsWorker() {
        actors.create(ID, order(job, FOR_EVER, false, "", cpus(1)));
        actors.subscribe(ID, driver);
        node.round();
        Client worker = node.lend();

        actors.constructed(ID, false, "java.lang.IllegalStateException: no", "encoded".getBytes(UTF_8));

        assertThat(lastUpdate().status()).isEqualTo(DEAD);
        assertThat(lastUpdate().cause()).isEqualTo("its constructor failed: java.lang.IllegalStateException: no");
        assertThat(lastUpdate().failure()).isEqualTo("encoded");
        assertThat(node.pool.killed).containsExactly(worker.id());
        node.end(worker, 137);
        assertThat(updates(driver)).as("dead once").hasSize(2);
        assertThat(node.scheduler.available()).isEqualTo(cpus(2));
    }

    @Test
    void shouldKeepANameForOneLivingActorInItsNamespace() {
        assertThat(actors.create(ID, order(job, 0, false, "counter", cpus(0)))).isEmpty();
        assertThat(actors.create(actorId(2), order(job, 0, false, "counter", cpus(0))))
                .isEqualTo("Actor of name counter exists");
        assertThat(actors.find(actorId(2))).isNull();
        assertThat(actors.find("counter", "space").id()).isEqualTo(ID);
        assertThat(actors.find("counter", "elsewhere")).isNull();

        actors.kill(ID, true);

        assertThat(actors.find("counter", "space")).isNull();
        assertThat(actors.create(actorId(3), order(job, 0, false, "counter", cpus(0))))
                .isEmpty();
        actors.kill(ID, true);
        assertThat(actors.find("counter", "space").id())
                .as("a dead one has no name to lose")
                .isEqualTo(actorId(3));
    }

    @Test
    void shouldFreeWhatAnActorWaitsForWhenItIsKilledBeforeItHasAWorker() {
        actors.create(ID, order(job, FOR_EVER, false, "", cpus(2)));
        actors.create(actorId(2), order(job, FOR_EVER, false, "", cpus(2)));
        node.round();

        actors.kill(ID, true);
        actors.kill(actorId(2), true);
        node.round();

        assertThat(node.pool.demands).isEmpty();
        assertThat(node.scheduler.available()).isEqualTo(cpus(2));
        assertThat(node.scheduler.waiting()).isEmpty();
    }

    @Test
    void shouldEndAnActorAtTheEndOfTheRoundInWhichItsLastHandleGoes() {
        Client borrower = node.worker();
        Client worker = node.alive(1, anonymous(job));
        node.round();
        assertThat(actors.find(ID).isDead())
                .as("its first handle is on its way")
                .isFalse();
        hold(ID, driver, 1);
        hold(ID, driver, -1);
        hold(ID, borrower, 1);
        node.round();
        assertThat(actors.find(ID).isDead()).as("handed on").isFalse();

        hold(ID, borrower, -1);
        node.round();

        assertThat(actors.find(ID).cause()).isEqualTo("its last handle is gone");
        assertThat(node.pool.killed).containsExactly(worker.id());
    }

    @Test
    void shouldEndAnActorWhoseHandlesWereAllInAProcessThatIsGone() {
        Client borrower = node.worker();
        node.alive(1, anonymous(job));
        hold(ID, borrower, 2);

        node.end(borrower, 137);
        node.round();

        assertThat(actors.find(ID).isDead()).isTrue();
    }

    @Test
    void shouldNotKeepAnActorForAHandleInAProcessThatIsGone() {
        Client borrower = node.worker();
        node.alive(1, anonymous(job));
        hold(ID, driver, 1);
        node.end(borrower, 137);
        hold(ID, borrower, 1);

        hold(ID, driver, -1);
        node.round();

        assertThat(actors.find(ID).isDead()).isTrue();
    }

    @Test
    void shouldKeepNamedAndDetachedActorsWithoutHandles() {
        node.alive(1, order(job, 0, false, "named", cpus(0)));
        node.alive(2, order(job, 0, true, "", cpus(0)));
        for (int i = 1; i <= 2; i++) {
            hold(actorId(i), driver, 1);
            hold(actorId(i), driver, -1);
        }

        node.round();

        assertThat(actors.all()).noneMatch(Actor::isDead);
    }

    @Test
    void shouldEndTheActorsOfAJobWithItExceptDetachedOnes() {
        Client named = node.alive(1, order(job, FOR_EVER, false, "named", cpus(0)));
        node.alive(2, order(job, 0, true, "detached", cpus(0)));
        Client other = node.driver();
        node.alive(3, order(other.jobId(), 0, false, "another", cpus(0)));

        actors.jobEnded(job);

        assertThat(actors.find(ID).cause()).isEqualTo("its job ended");
        assertThat(actors.find("detached", "space").isDead()).isFalse();
        assertThat(actors.find("another", "space").isDead()).isFalse();
        assertThat(node.pool.killed).containsExactly(named.id());
    }

    @Test
    void shouldSayWhyNoWorkerCouldBeHad() {
        actors.create(ID, order(job, FOR_EVER, false, "", cpus(1)));
        actors.subscribe(ID, driver);
        node.round();

        node.raylet.workerFailed(node.pool.takeDemand(), "no JVM");

        assertThat(lastUpdate().status()).isEqualTo(DEAD);
        assertThat(lastUpdate().cause()).isEqualTo("no JVM");
        assertThat(node.scheduler.available()).isEqualTo(cpus(2));
    }

    @Test
    void shouldTellNobodyWhoIsGone() {
        Client leaving = node.driver();
        actors.create(ID, anonymous(job));
        actors.subscribe(ID, leaving);
        actors.subscribe(ID, driver);
        node.raylet.clientGone(leaving);

        actors.kill(ID, true);

        assertThat(updates(leaving)).extracting(Update::status).containsExactly(PENDING_CREATION);
        assertThat(lastUpdate().status()).isEqualTo(DEAD);
    }

    @Test
    void shouldForgetTheOldestDeadAndTellWhoAsksThatTheyAreDead() {
        IntStream.rangeClosed(1, 10_001).forEach(i -> {
            actors.create(actorId(i), anonymous(job));
            actors.kill(actorId(i), true);
        });

        assertThat(actors.all()).hasSize(10_000);
        actors.subscribe(ID, driver);
        assertThat(lastUpdate().status()).isEqualTo(DEAD);
        assertThat(lastUpdate().actor()).isEqualTo(ID);
    }

    @Test
    void shouldIgnoreWhatIsSaidOfActorsNobodyKnows() {
        actors.kill(ID, true);
        actors.exiting(ID);
        actors.handles(ID, driver.id(), 1);
        actors.constructed(ID, true, "", new byte[0]);
        actors.workerEnded(ID, 1, 1);

        assertThat(actors.all()).isEmpty();
    }
}
