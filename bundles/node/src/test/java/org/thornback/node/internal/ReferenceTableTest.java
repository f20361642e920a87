// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.thornback.api.id.BinaryId;

class ReferenceTableTest {
    private static final BinaryId OBJECT = RayletFixture.objectId(1);
    private static final BinaryId OTHER = RayletFixture.objectId(2);
    private static final BinaryId OWNER = RayletFixture.objectId(101);
    private static final BinaryId BORROWER = RayletFixture.objectId(102);

    private final List<BinaryId> held = new ArrayList<>();
    private final List<BinaryId> givenUp = new ArrayList<>();
    private final Set<BinaryId> present = new HashSet<>(Set.of(OWNER, BORROWER));
    private final ReferenceTable table = new ReferenceTable(
            new ReferenceTable.Listener() {
                @Override
                public void firstHeld(BinaryId object) {
                    held.add(object);
                }

                @Override
                public void givenUp(List<BinaryId> objects) {
                    givenUp.addAll(objects);
                }
            },
            present::contains);

    private void leave(BinaryId holder) {
        present.remove(holder);
        table.drop(holder);
    }

    @Test
    void shouldGiveAnObjectUpWhenNobodyHoldsItAtTheEndOfARound() {
        table.change(OBJECT, OWNER, 1);
        table.change(OBJECT, OWNER, 1);
        table.change(OBJECT, BORROWER, 1);
        table.change(OBJECT, OWNER, -2);
        table.endRound();
        assertThat(givenUp).isEmpty();

        table.change(OBJECT, BORROWER, -1);

        assertThat(givenUp).as("not before the round is over").isEmpty();
        table.endRound();
        table.endRound();
        assertThat(givenUp).containsExactly(OBJECT);
        assertThat(held).containsExactly(OBJECT);
        assertThat(table.size()).isZero();
    }

    @Test
    void shouldKeepAnObjectThatIsHandedOnInTheRoundInWhichItsOwnerLetsGo() {
        table.change(OBJECT, OWNER, 1);
        table.change(OBJECT, OWNER, -1);
        table.change(OBJECT, BORROWER, 1);

        table.endRound();

        assertThat(givenUp).isEmpty();
        table.change(OBJECT, BORROWER, -1);
        table.endRound();
        assertThat(givenUp).containsExactly(OBJECT);
    }

    @Test
    void shouldWaitForTheHoldWhoseReleaseCameFirst() {
        table.change(OBJECT, OWNER, 1);
        table.change(OBJECT, BORROWER, -1);
        table.change(OBJECT, OWNER, -1);
        table.endRound();
        assertThat(givenUp).as("somebody's hold for the borrower is on its way").isEmpty();

        table.change(OBJECT, BORROWER, 1);
        table.endRound();

        assertThat(givenUp).containsExactly(OBJECT);
        assertThat(table.size()).isZero();
    }

    @Test
    void shouldGiveUpOnlyWhatAClientThatIsGoneHeldAlone() {
        table.change(OBJECT, OWNER, 3);
        table.change(OTHER, OWNER, 1);
        table.change(OTHER, BORROWER, 1);

        leave(OWNER);
        table.drop(OWNER);
        table.endRound();

        assertThat(givenUp).containsExactly(OBJECT);
        assertThat(table.size()).isEqualTo(1);
    }

    @Test
    void shouldNotKeepAnObjectForAClientThatIsGone() {
        table.change(OBJECT, BORROWER, 1);
        leave(OWNER);

        table.change(OBJECT, OWNER, 1);
        table.change(OBJECT, BORROWER, -1);
        table.change(OTHER, OWNER, 1);
        table.endRound();

        assertThat(givenUp).containsExactlyInAnyOrder(OBJECT, OTHER);
        assertThat(table.size()).isZero();
    }

    @Test
    void shouldHoldAnObjectAgainThatWasGivenUp() {
        table.change(OBJECT, OWNER, 1);
        table.change(OBJECT, OWNER, -1);
        table.endRound();

        table.change(OBJECT, OWNER, 1);
        table.endRound();

        assertThat(held).containsExactly(OBJECT, OBJECT);
        assertThat(table.size()).isEqualTo(1);
    }

    @Test
    void shouldAgreeWithPlainCountsWhateverComesAndGoes() {
        Random random = new Random(7);
        for (int run = 0; run < 50; run++) {
            List<BinaryId> holders = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                holders.add(RayletFixture.objectId(200 + i));
            }
            present.addAll(holders);
            Map<BinaryId, Map<BinaryId, Integer>> model = new HashMap<>();
            for (int step = 0; step < 300; step++) {
                BinaryId object = RayletFixture.objectId(random.nextInt(5));
                BinaryId holder = holders.get(random.nextInt(holders.size()));
                int delta = random.nextBoolean() ? 1 : -1;
                switch (random.nextInt(20)) {
                    case 0 -> {
                        table.drop(holder);
                        model.values().forEach(counts -> counts.remove(holder));
                    }
                    case 1, 2, 3 -> {
                        table.endRound();
                        model.values().removeIf(Map::isEmpty);
                        assertThat(table.size()).as("run=%d step=%d", run, step).isEqualTo(model.size());
                    }
                    default -> {
                        table.change(object, holder, delta);
                        Map<BinaryId, Integer> counts = model.computeIfAbsent(object, id -> new HashMap<>());
                        counts.merge(holder, delta, (a, b) -> a + b == 0 ? null : a + b);
                    }
                }
            }
            holders.forEach(this::leave);
            table.endRound();
            assertThat(table.size()).as("run=%d", run).isZero();
        }
    }
}
