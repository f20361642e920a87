// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.thornback.api.id.BinaryId;
import org.thornback.api.scheduling.LeaseRequest;
import org.thornback.api.scheduling.LeaseRequest.Kind;

class PatienceTest {
    private final Patience patience = new Patience();
    private final List<Lease> waiting = new ArrayList<>();
    private final List<Lease> held = new ArrayList<>();
    private final Client busy = owner();
    private long nextId = 1;
    private long now = System.nanoTime();

    private static Client owner() {
        return new Client(BinaryId.random(), 1, false, new ClientMessages(new FakeLink()));
    }

    private Lease lease(Client owner, Map<String, Long> resources) {
        return new Lease(new LeaseRequest(nextId++, 1, Kind.TASK, resources, "Main.run"), owner, 0, List.of());
    }

    private Lease waits(Client owner) {
        Lease lease = lease(owner, Map.of());
        waiting.add(lease);
        return lease;
    }

    private Lease runs(Client owner) {
        Lease lease = lease(owner, Map.of());
        held.add(lease);
        return lease;
    }

    private Optional<Lease> after(long nanos) {
        now += nanos;
        return patience.exhausted(waiting, held, now);
    }

    @Test
    void shouldGiveAnOwnerWithoutAWorkerItsFirstOneSoon() {
        runs(busy);
        Lease first = waits(owner());

        assertThat(after(0)).isEmpty();
        assertThat(after(Patience.MOMENT_NANOS / 2)).isEmpty();
        assertThat(patience.nextNanos()).isEqualTo(Patience.MOMENT_NANOS);
        assertThat(after(Patience.MOMENT_NANOS)).contains(first);
    }

    @Test
    void shouldGiveAnOwnerWhoseTasksComputeAnotherOneWhenNothingMovedForLong() {
        runs(busy);
        Lease more = waits(busy);
        Lease stillMore = waits(busy);

        assertThat(after(0)).isEmpty();
        assertThat(after(Patience.LONG_NANOS - 1)).isEmpty();
        assertThat(after(1)).contains(more);
        waiting.remove(more);
        held.add(more);
        assertThat(after(Patience.MOMENT_NANOS)).as("not the next at once").isEmpty();
        assertThat(after(Patience.LONG_NANOS)).contains(stillMore);
    }

    @Test
    void shouldBeginAnewWhenTheRequestWasTakenBack() {
        runs(busy);
        for (int i = 0; i < 10; i++) {
            waiting.clear();
            waits(busy);
            assertThat(after(Patience.LONG_NANOS / 2)).isEmpty();
            assertThat(after(Patience.LONG_NANOS / 4)).isEmpty();
        }
    }

    @Test
    void shouldTakeAnOwnerAllOfWhoseTasksWaitForOneWithoutAWorker() {
        runs(busy).blocked(true);
        Lease more = waits(busy);

        assertThat(after(0)).isEmpty();
        assertThat(after(Patience.MOMENT_NANOS)).contains(more);
    }

    @Test
    void shouldLeaveRequestsWithResourcesToTheScheduler() {
        waiting.add(lease(owner(), Map.of("CPU", 10_000L)));

        assertThat(after(0)).isEmpty();
        assertThat(after(Patience.LONG_NANOS * 2)).isEmpty();
        assertThat(patience.nextNanos()).isEqualTo(Long.MAX_VALUE);
    }
}
