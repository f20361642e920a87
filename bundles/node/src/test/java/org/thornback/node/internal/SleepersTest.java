// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.thornback.api.id.BinaryId;
import org.thornback.api.scheduling.LeaseRequest;
import org.thornback.api.scheduling.LeaseRequest.Kind;

class SleepersTest {
    private static final long PERIOD = Sleepers.PERIOD_NANOS;
    private static final int CPUS = 2;

    private final Map<Long, Long> cpuNanos = new HashMap<>();
    private final Sleepers sleepers = new Sleepers(cpuNanos::get, CPUS);
    private final List<Lease> held = new ArrayList<>();
    private long now = System.nanoTime();

    private Lease lease(Kind kind, Map<String, Long> resources) {
        int pid = held.size() + 1;
        Client worker = new Client(BinaryId.random(), pid, true, new ClientMessages(new FakeLink()));
        Lease lease = new Lease(new LeaseRequest(pid, 1, kind, resources, "Main.run"), null, 0, List.of());
        lease.worker(new WorkerSeat(worker));
        held.add(lease);
        cpuNanos.put((long) pid, 0L);
        return lease;
    }

    private Lease lease() {
        return lease(Kind.TASK, Map.of());
    }

    private void computes(Lease lease, long millis) {
        cpuNanos.merge((long) lease.worker().client().pid(), TimeUnit.MILLISECONDS.toNanos(millis), Long::sum);
    }

    private boolean periodPasses(boolean othersWait) {
        now += PERIOD;
        return sleepers.look(held, othersWait, now);
    }

    @Test
    void shouldTellWhoSleepsFromWhoComputesHoweverLong() {
        Lease computes = lease();
        Lease sleeps = lease();
        assertThat(sleepers.look(held, true, now)).isTrue();
        assertThat(held).as("seen once only").noneMatch(sleepers::sleeps);

        for (int second = 0; second < 10; second++) {
            computes(computes, 200); // of a second: others compute, too
            computes(sleeps, 50);
            assertThat(periodPasses(true)).isTrue();

            assertThat(sleepers.sleeps(computes)).isFalse();
            assertThat(sleepers.sleeps(sleeps)).isTrue();
        }
    }

    @Test
    void shouldNoticeWhenASleeperGoesOn() {
        Lease lease = lease();
        periodPasses(true);
        periodPasses(true);
        assertThat(sleepers.sleeps(lease)).isTrue();

        computes(lease, 900);
        assertThat(periodPasses(false)).as("though nobody waits any more").isTrue();

        assertThat(sleepers.sleeps(lease)).isFalse();
        assertThat(periodPasses(false)).isFalse();
        assertThat(sleepers.nextNanos(now)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldLookOnceASecondAndOnlyWhileSomebodyWaits() {
        lease();
        assertThat(sleepers.look(held, false, now)).isFalse();
        assertThat(sleepers.nextNanos(now)).isEqualTo(Long.MAX_VALUE);

        assertThat(sleepers.look(held, true, now)).isTrue();
        now += PERIOD / 4;

        assertThat(sleepers.look(held, true, now)).isFalse();
        assertThat(sleepers.nextNanos(now)).isEqualTo(PERIOD - PERIOD / 4);
    }

    @Test
    void shouldLeaveAloneWhatHasResourcesAndActors() {
        Lease paid = lease(Kind.TASK, Map.of("CPU", 10_000L));
        Lease actor = lease(Kind.ACTOR, Map.of());
        periodPasses(true);
        periodPasses(true);

        assertThat(sleepers.sleeps(paid)).isFalse();
        assertThat(sleepers.sleeps(actor)).isFalse();
    }

    @Test
    void shouldForgetLeasesThatAreOverAndCountNoMoreThanTheNodeBears() {
        for (int i = 0; i < 1000; i++) {
            lease();
        }
        periodPasses(true);
        periodPasses(true);
        assertThat(held.stream().filter(sleepers::sleeps)).hasSize(64 * CPUS);

        Lease first = held.removeFirst();
        periodPasses(true);

        assertThat(sleepers.sleeps(first)).isFalse();
    }

    @Test
    void shouldReadTheCpuTimeOfAProcess() {
        assertThat(Sleepers.cpuNanosOf(ProcessHandle.current().pid())).isPositive();
        assertThat(Sleepers.cpuNanosOf(Integer.MAX_VALUE)).as("no such process").isZero();
    }
}
