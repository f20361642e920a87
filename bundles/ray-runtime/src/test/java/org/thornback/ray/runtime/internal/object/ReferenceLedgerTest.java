// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.thornback.ray.runtime.internal.object.ReferenceLedger.Change;
import org.thornback.testkit.Await;

class ReferenceLedgerTest {
    private final byte[] self = {1};
    private final byte[] other = {2};
    private final List<List<Change>> sent = new ArrayList<>();
    private final AtomicInteger firsts = new AtomicInteger();
    private final ReferenceLedger ledger = new ReferenceLedger(self, sent::add, firsts::incrementAndGet);

    private static byte[] object(int number) {
        return new byte[] {(byte) number, (byte) (number >> 8)};
    }

    @Test
    void shouldSendChangesInTheOrderTheyWereEntered() {
        byte[] object = object(1);
        ledger.hold(object);
        ledger.holdFor(object, other);
        ledger.release(object);
        ledger.flush();

        assertThat(sent).hasSize(1);
        assertThat(sent.getFirst())
                .containsExactly(
                        new Change(object, self, 1), new Change(object, other, 1), new Change(object, self, -1));
        ledger.flush();
        assertThat(sent).as("nothing is sent twice").hasSize(1);
    }

    @Test
    void shouldWaitAFewMillisecondsForMore() {
        assertThat(ledger.tick()).isEqualTo(Long.MAX_VALUE);
        ledger.hold(object(1));
        ledger.hold(object(2));

        assertThat(firsts).as("a tick is expected from the first change on").hasValue(1);
        Await.await(() -> ledger.tick() == Long.MAX_VALUE, () -> "sent=" + sent);
        assertThat(sent).hasSize(1);
        assertThat(sent.getFirst()).hasSize(2);
        ledger.hold(object(3));
        assertThat(firsts).hasValue(2);
        assertThat(ledger.tick()).isBetween(1L, 5_000_000L);
    }

    @Test
    void shouldSendManyAtOnceWithoutWaiting() {
        for (int i = 0; i < 1_000; i++) {
            ledger.hold(object(i));
        }

        assertThat(sent).hasSizeGreaterThan(2).allMatch(changes -> changes.size() <= 256);
        ledger.flush();
        assertThat(sent.stream().flatMap(List::stream).map(Change::objectId))
                .usingElementComparator((a, b) -> Arrays.compare(a, b))
                .hasSize(1_000)
                .startsWith(object(0), object(1))
                .endsWith(object(999));
    }
}
