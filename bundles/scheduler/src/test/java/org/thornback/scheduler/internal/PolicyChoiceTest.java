// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.scheduler.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Constants;
import org.thornback.api.InvalidInputException;
import org.thornback.api.config.OptionCatalogue;
import org.thornback.api.id.BinaryId;
import org.thornback.api.scheduling.LeaseRequest;
import org.thornback.api.scheduling.LeaseRequest.Kind;
import org.thornback.api.scheduling.SchedulingPolicies.Entry;
import org.thornback.api.scheduling.SchedulingPolicy;
import org.thornback.testkit.FixedConfiguration;

/** Which policy is asked, and what becomes of its answers. */
class PolicyChoiceTest {
    private static final long UNIT = 10_000;
    private static final BinaryId NODE = BinaryId.random();
    private static final Map<String, Long> ONE_CPU = Map.of("CPU", UNIT);

    private final PolicyChoice choice = new PolicyChoice();
    private final QueueScheduler scheduler = new QueueScheduler(choice);
    private long requests;

    /** Notes what it is told. */
    private static final class Told implements SchedulingPolicy {
        private final List<String> told = new ArrayList<>();
        private BiFunction<Map<String, Long>, BinaryId, Optional<BinaryId>> answer =
                (wanted, local) -> Optional.of(local);

        @Override
        public void changed(BinaryId node, Map<String, Long> total, Map<String, Long> available) {
            told.add(available.get("CPU") / UNIT + " of " + total.get("CPU") / UNIT);
        }

        @Override
        public void removed(BinaryId node) {
            told.add("removed");
        }

        @Override
        public Optional<BinaryId> choose(Map<String, Long> resources, BinaryId local) {
            told.add("choose");
            return answer.apply(resources, local);
        }
    }

    private Told offer(String name, int ranking) {
        Told policy = new Told();
        choice.addPolicy(
                policy,
                Map.of(
                        SchedulingPolicy.NAME,
                        name,
                        Constants.SERVICE_RANKING,
                        ranking,
                        Constants.SERVICE_ID,
                        ++requests));
        return policy;
    }

    private void want(String name) {
        choice.take(new FixedConfiguration().with(OptionCatalogue.SCHEDULER_POLICY, name));
    }

    private void ask() {
        scheduler.request(new LeaseRequest(++requests, 1, Kind.TASK, ONE_CPU, "Main.run"));
    }

    private String inUse() {
        return choice.list().stream()
                .filter(Entry::inUse)
                .map(Entry::name)
                .findFirst()
                .orElse("none");
    }

    @Test
    void shouldAskTheOneThatRanksHighestUnlessOneIsNamed() {
        assertThat(inUse()).isEqualTo("none");
        offer("hybrid", 0);
        AtomicInteger changes = new AtomicInteger();
        scheduler.whenChanged(changes::incrementAndGet);
        Told dropped = offer("dropped", 10);
        assertThat(inUse()).isEqualTo("dropped");
        assertThat(changes).as("what waits is asked about again").hasValue(1);

        want("hybrid");

        assertThat(inUse()).isEqualTo("hybrid");
        want("");
        assertThat(inUse()).isEqualTo("dropped");
        choice.removePolicy(dropped);
        assertThat(inUse()).isEqualTo("hybrid");
    }

    @Test
    void shouldRefuseANameThatIsNotThereAndLetAnotherStandInForOneThatGoes() {
        offer("hybrid", 0);
        Told other = offer("other", -1);
        want("other");

        assertThatThrownBy(() -> want("best"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("scheduler-policy=best is not there; there are hybrid, other.");

        assertThat(inUse()).isEqualTo("other");
        choice.removePolicy(other);
        assertThat(inUse()).isEqualTo("hybrid");
        offer("other", -1);
        assertThat(inUse()).isEqualTo("other");
    }

    @Test
    void shouldTellAPolicyWhatChangedBeforeItIsAskedAndOnlyThen() {
        Told policy = offer("told", 0);
        scheduler.total(NODE, Map.of("CPU", 2 * UNIT));
        ask();
        ask();
        ask();

        assertThat(scheduler.grant()).hasSize(2);

        assertThat(policy.told).containsExactly("2 of 2", "choose", "1 of 2", "choose");
        assertThat(choice.list()).singleElement().satisfies(entry -> {
            assertThat(entry.decisions()).isEqualTo(2);
            assertThat(entry.failures()).isZero();
        });
    }

    @Test
    void shouldTellTheNextPolicyAllOfItAtTheNextDecision() {
        Told before = offer("before", 0);
        scheduler.total(NODE, Map.of("CPU", 2 * UNIT));
        ask();
        scheduler.grant();
        Told next = offer("next", 1);
        ask();

        scheduler.grant();

        assertThat(before.told).endsWith("choose", "removed");
        assertThat(next.told).containsExactly("1 of 2", "choose");
    }

    @Test
    void shouldLetARequestWaitAsLongAsThePolicyWantsItTo() {
        Told policy = offer("told", 0);
        scheduler.total(NODE, Map.of("CPU", 2 * UNIT));
        policy.answer = (wanted, local) -> Optional.empty();
        ask();

        assertThat(scheduler.grant()).isEmpty();

        assertThat(scheduler.newlyInfeasible()).as("it only waits").isEmpty();
        policy.answer = (wanted, local) -> Optional.of(local);
        assertThat(scheduler.grant()).hasSize(1);
    }

    @Test
    void shouldDecideItselfWhenAPolicyThrowsOrAnswersNonsense() {
        Told policy = offer("broken", 0);
        scheduler.total(NODE, Map.of("CPU", 4 * UNIT));
        List<BiFunction<Map<String, Long>, BinaryId, Optional<BinaryId>>> nonsense = List.of(
                (wanted, local) -> {
                    throw new IllegalStateException("broken");
                },
                (wanted, local) -> {
                    throw new NoClassDefFoundError("gone");
                },
                (wanted, local) -> null,
                (wanted, local) -> Optional.of(BinaryId.random()));
        for (var answer : nonsense) {
            policy.answer = answer;
            ask();
            assertThat(scheduler.grant()).hasSize(1);
        }

        assertThat(choice.list()).singleElement().satisfies(entry -> {
            assertThat(entry.decisions()).isEqualTo(4);
            assertThat(entry.failures()).isEqualTo(4);
            assertThat(entry.remark()).endsWith("which is not in the cluster");
        });
    }
}
