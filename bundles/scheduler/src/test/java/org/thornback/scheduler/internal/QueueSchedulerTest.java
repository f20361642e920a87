// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.scheduler.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.thornback.api.id.BinaryId;
import org.thornback.api.scheduling.LeaseRequest;
import org.thornback.api.scheduling.LeaseRequest.Kind;
import org.thornback.api.scheduling.Shortage;

class QueueSchedulerTest {
    private static final long UNIT = 10_000;
    private static final int JOB = 1;
    private static final BinaryId NODE = BinaryId.random();

    private final QueueScheduler scheduler = new QueueScheduler(new PolicyChoice());
    private long nextId = 1;

    private static Map<String, Long> cpus(double count) {
        return Map.of("CPU", (long) (count * UNIT));
    }

    private long ask(int job, Kind kind, Map<String, Long> resources) {
        long id = nextId++;
        scheduler.request(new LeaseRequest(id, job, kind, resources, "Main.run"));
        return id;
    }

    private long ask(Map<String, Long> resources) {
        return ask(JOB, Kind.TASK, resources);
    }

    private List<Long> grant() {
        return scheduler.grant().stream().map(LeaseRequest::id).toList();
    }

    @Test
    void shouldAddUpFractionsExactly() {
        scheduler.total(NODE, cpus(1));
        for (int i = 0; i < 11; i++) {
            ask(cpus(0.1));
        }

        List<Long> granted = grant();

        assertThat(granted).as("ten tenths and no more").containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
        assertThat(scheduler.available()).isEqualTo(Map.of("CPU", 0L));
        granted.forEach(scheduler::release);
        assertThat(scheduler.available()).isEqualTo(cpus(1));
        assertThat(grant()).containsExactly(11L);
    }

    @Test
    void shouldGrantAllThatIsAskedForOrNothingOfIt() {
        scheduler.total(NODE, Map.of("CPU", 4 * UNIT, "GPU", UNIT));
        long first = ask(Map.of("CPU", UNIT, "GPU", UNIT));
        long second = ask(Map.of("CPU", UNIT, "GPU", UNIT));

        assertThat(grant()).containsExactly(first);
        assertThat(scheduler.available()).isEqualTo(Map.of("CPU", 3 * UNIT, "GPU", 0L));
        assertThat(scheduler.waiting()).extracting(LeaseRequest::id).containsExactly(second);
    }

    @Test
    void shouldKeepTheOrderOfAJobAndLetSmallerOnesPassWhatDoesNotFitNow() {
        scheduler.total(NODE, cpus(2));
        long first = ask(cpus(1));
        long large = ask(cpus(2));
        long small = ask(cpus(1));

        assertThat(grant()).containsExactly(first, small);
        scheduler.release(first);
        assertThat(grant()).isEmpty();
        scheduler.release(small);
        assertThat(grant()).containsExactly(large);
    }

    @Test
    void shouldTakeJobsInTurnEvenWhenOnlyOneFitsAtATime() {
        scheduler.total(NODE, cpus(1));
        for (int i = 0; i < 3; i++) {
            ask(1, Kind.TASK, cpus(1));
        }
        for (int i = 0; i < 3; i++) {
            ask(2, Kind.TASK, cpus(1));
        }

        List<Integer> jobs = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            LeaseRequest granted = scheduler.grant().getFirst();
            jobs.add(granted.jobId());
            scheduler.release(granted.id());
        }

        assertThat(jobs).containsExactly(1, 2, 1, 2, 1, 2);
    }

    @Test
    void shouldReportWhatCanNeverBeGrantedOnceAndGrantItWhenMoreComes() {
        scheduler.total(NODE, cpus(2));
        long tooLarge = ask(cpus(3));
        long busy = ask(cpus(2));
        assertThat(grant()).containsExactly(busy);
        assertThat(scheduler.newlyInfeasible()).extracting(LeaseRequest::id).containsExactly(tooLarge);
        long waits = ask(cpus(1));

        assertThat(grant()).isEmpty();
        assertThat(scheduler.newlyInfeasible())
                .as("not again, nor what only waits")
                .isEmpty();
        assertThat(scheduler.waiting()).extracting(LeaseRequest::id).containsExactly(tooLarge, waits);
        scheduler.total(NODE, cpus(5));
        assertThat(grant()).containsExactly(tooLarge);
    }

    @Test
    void shouldSayWhatEachRequestThatWaitsIsShortOf() {
        scheduler.total(NODE, Map.of("CPU", 2 * UNIT, "GPU", UNIT));
        ask(cpus(1.5));
        ask(Map.of());
        ask(Map.of());
        grant();
        long busy = ask(Map.of("CPU", UNIT, "GPU", UNIT));
        long never = ask(Map.of("CPU", 3 * UNIT, "TPU", UNIT));
        long turn = ask(Map.of());
        ask(cpus(0.5));

        assertThat(scheduler.shortages())
                .isEqualTo(Map.of(
                        busy, new Shortage(Shortage.Kind.NOW, cpus(0.5)),
                        never, new Shortage(Shortage.Kind.NEVER, Map.of("CPU", UNIT, "TPU", UNIT)),
                        turn, new Shortage(Shortage.Kind.TURN, Map.of())));
    }

    @Test
    void shouldFreeTheCpusOfALeaseThatWaitsAndNothingElse() {
        scheduler.total(NODE, Map.of("CPU", UNIT, "GPU", UNIT));
        long waits = ask(Map.of("CPU", UNIT, "GPU", UNIT));
        grant();
        long cpu = ask(cpus(1));
        long gpu = ask(Map.of("GPU", UNIT));
        assertThat(grant()).isEmpty();

        scheduler.blocked(waits, true);
        scheduler.blocked(waits, true);

        assertThat(grant()).containsExactly(cpu);
        scheduler.blocked(waits, false);
        assertThat(scheduler.available()).as("it went on at once").isEqualTo(Map.of("CPU", -UNIT, "GPU", 0L));
        scheduler.release(cpu);
        scheduler.release(waits);
        assertThat(grant()).containsExactly(gpu);
        scheduler.release(gpu);
        assertThat(scheduler.available()).isEqualTo(scheduler.total());
    }

    @Test
    void shouldGetBackWhatALeaseHeldThatEndsWhileItWaits() {
        scheduler.total(NODE, Map.of("CPU", UNIT, "GPU", UNIT));
        long waits = ask(Map.of("CPU", UNIT, "GPU", UNIT));
        grant();
        scheduler.blocked(waits, true);

        scheduler.release(waits);
        scheduler.release(waits);
        scheduler.blocked(waits, false);

        assertThat(scheduler.available()).isEqualTo(scheduler.total());
    }

    @Test
    void shouldForgetWhatWasCancelled() {
        scheduler.total(NODE, cpus(1));
        long first = ask(cpus(1));
        long second = ask(cpus(1));
        scheduler.cancel(first);
        scheduler.cancel(4711);

        assertThat(grant()).containsExactly(second);
        assertThat(scheduler.waiting()).isEmpty();
    }

    @Test
    void shouldGrantNothingUntilEnoughCameBackWhenTheNodeHasLess() {
        scheduler.total(NODE, cpus(3));
        List<Long> held = List.of(ask(cpus(1)), ask(cpus(1)), ask(cpus(1)));
        grant();
        long next = ask(cpus(1));

        scheduler.total(NODE, cpus(1));

        assertThat(scheduler.available()).isEqualTo(cpus(-2));
        scheduler.release(held.get(0));
        scheduler.release(held.get(1));
        assertThat(grant()).isEmpty();
        scheduler.release(held.get(2));
        assertThat(grant()).containsExactly(next);
    }

    @Test
    void shouldCountLeasesAnotherSchedulerGranted() {
        scheduler.total(NODE, cpus(2));
        LeaseRequest adopted = new LeaseRequest(99, JOB, Kind.TASK, cpus(2), "Main.run");

        scheduler.adopt(adopted);

        ask(cpus(1));
        assertThat(grant()).isEmpty();
        scheduler.release(99);
        assertThat(grant()).hasSize(1);
    }

    @Test
    void shouldRunOneTaskWithoutResourcesForEachCpuHoweverLongTheyTake() {
        scheduler.total(NODE, cpus(2));
        for (int i = 0; i < 6; i++) {
            ask(Map.of());
        }

        assertThat(grant()).containsExactly(1L, 2L);
        assertThat(grant()).isEmpty();
        scheduler.release(1);
        assertThat(grant()).containsExactly(3L);
        assertThat(grant()).isEmpty();
        assertThat(scheduler.available()).as("they cost nothing").isEqualTo(cpus(2));
    }

    @Test
    void shouldLetAnotherTaskRunInPlaceOfOneThatWaits() {
        scheduler.total(NODE, cpus(1));
        long waits = ask(Map.of());
        long next = ask(Map.of());
        assertThat(grant()).containsExactly(waits);

        scheduler.blocked(waits, true);

        assertThat(grant()).containsExactly(next);
        scheduler.blocked(waits, false);
        long third = ask(Map.of());
        scheduler.release(next);
        assertThat(grant()).as("the first goes on").isEmpty();
        scheduler.release(waits);
        assertThat(grant()).containsExactly(third);
    }

    @Test
    void shouldGrantBeyondTheLimitWhatWouldWaitForEverAndGrowByNothingForThat() {
        scheduler.total(NODE, cpus(1));
        long first = ask(Map.of());
        long second = ask(Map.of());
        long third = ask(Map.of());
        long costs = ask(cpus(2));
        assertThat(grant()).containsExactly(first);

        scheduler.insist(third);
        scheduler.insist(costs);
        scheduler.insist(4711);

        assertThat(grant()).containsExactly(third);
        scheduler.release(first);
        assertThat(grant()).as("the third is still there").isEmpty();
        scheduler.release(third);
        assertThat(grant()).containsExactly(second);
    }

    @Test
    void shouldNotLimitActorsWithoutResources() {
        scheduler.total(NODE, cpus(1));
        for (int i = 0; i < 100; i++) {
            ask(JOB, Kind.ACTOR, Map.of());
        }

        assertThat(grant()).hasSize(100);
    }

    @Test
    void shouldNeverLendMoreThanThereIsAndLendAllOfItInTheEndWhateverHappens() {
        Random random = new Random(11);
        for (int run = 0; run < 30; run++) {
            QueueScheduler tried = new QueueScheduler(new PolicyChoice());
            Map<String, Long> total = Map.of("CPU", 4 * UNIT, "GPU", 2 * UNIT);
            tried.total(NODE, total);
            List<LeaseRequest> held = new ArrayList<>();
            List<Long> waiting = new ArrayList<>();
            for (int step = 0; step < 400; step++) {
                switch (random.nextInt(6)) {
                    case 0, 1, 2 -> {
                        long id = nextId++;
                        Map<String, Long> wanted =
                                Map.of("CPU", random.nextLong(1, 4 * UNIT), "GPU", random.nextLong(1, 2 * UNIT));
                        tried.request(new LeaseRequest(id, random.nextInt(3), Kind.TASK, wanted, "Main.run"));
                        waiting.add(id);
                    }
                    case 3 -> tried.cancel(takeAny(waiting, random).orElse(0L));
                    default -> takeAny(held, random).ifPresent(lease -> tried.release(lease.id()));
                }
                List<LeaseRequest> granted = tried.grant();
                held.addAll(granted);
                waiting.removeAll(granted.stream().map(LeaseRequest::id).toList());

                assertThat(tried.available()).isEqualTo(minus(total, held));
                assertThat(tried.available().values()).allMatch(units -> units >= 0);
                assertThat(tried.waiting()).hasSameSizeAs(waiting);
                assertThat(held.isEmpty() && !waiting.isEmpty())
                        .as("nothing runs and something waits")
                        .isFalse();
            }
        }
    }

    private static <T> Optional<T> takeAny(List<T> list, Random random) {
        return list.isEmpty() ? Optional.empty() : Optional.of(list.remove(random.nextInt(list.size())));
    }

    private static Map<String, Long> minus(Map<String, Long> total, List<LeaseRequest> held) {
        Map<String, Long> left = new HashMap<>(total);
        held.forEach(lease -> lease.resources().forEach((name, units) -> left.merge(name, -units, Long::sum)));
        return left;
    }
}
