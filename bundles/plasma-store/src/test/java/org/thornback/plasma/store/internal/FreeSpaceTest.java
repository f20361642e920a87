// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class FreeSpaceTest {
    private static final int LENGTH = 1000;

    @Property(tries = 300)
    void shouldGiveOutTheLowestPlaceThatFits(
            @ForAll @Size(max = 300) List<@IntRange(min = -20, max = 120) Integer> steps) {
        FreeSpace space = new FreeSpace(LENGTH);
        BitSet taken = new BitSet(LENGTH);
        Map<Long, Integer> blocks = new HashMap<>();
        for (int step : steps) {
            if (step > 0) {
                int expected = firstFit(taken, step);
                assertThat(space.allocate(step)).isEqualTo(expected);
                if (expected >= 0) {
                    taken.set(expected, expected + step);
                    blocks.put((long) expected, step);
                }
            } else if (!blocks.isEmpty()) {
                long start = blocks.keySet().stream().sorted().toList().get(-step % blocks.size());
                int length = blocks.remove(start);
                space.free(start, length);
                taken.clear((int) start, (int) start + length);
            }
            assertThat(space.available()).isEqualTo(LENGTH - taken.cardinality());
            assertThat(space.largest()).isEqualTo(largestHole(taken));
        }
        blocks.forEach(space::free);
        assertThat(space.blocks()).as("neighbours become one").isEqualTo(1);
        assertThat(space.allocate(LENGTH)).isZero();
    }

    private static int firstFit(BitSet taken, int length) {
        int start = taken.nextClearBit(0);
        while (start + length <= LENGTH) {
            int end = taken.nextSetBit(start);
            if (end < 0 || end - start >= length) {
                return start;
            }
            start = taken.nextClearBit(end);
        }
        return -1;
    }

    private static int largestHole(BitSet taken) {
        int largest = 0;
        for (int start = taken.nextClearBit(0); start < LENGTH; ) {
            int end = taken.nextSetBit(start);
            int hole = (end < 0 ? LENGTH : end) - start;
            largest = Math.max(largest, hole);
            start = end < 0 ? LENGTH : taken.nextClearBit(end);
        }
        return largest;
    }

    @Example
    void shouldRefuseToFreeWhatIsFree() {
        FreeSpace space = new FreeSpace(LENGTH);
        long first = space.allocate(64);
        long second = space.allocate(64);
        space.free(first, 64);
        assertThatThrownBy(() -> space.free(first, 64)).hasMessageContaining("is free already");
        assertThatThrownBy(() -> space.free(first, 128)).hasMessageContaining("is free already");
        assertThatThrownBy(() -> space.free(-64, 64)).isInstanceOf(IllegalStateException.class);
        space.free(second, 64);
        assertThat(space.available()).isEqualTo(LENGTH);
    }

    @Example
    void shouldStayQuickWhenFragmented() {
        int count = 200_000;
        FreeSpace space = new FreeSpace(count * 64L);
        for (int i = 0; i < count; i++) {
            space.allocate(64);
        }
        for (int i = 0; i < count; i += 2) {
            space.free(i * 64L, 64);
        }
        assertThat(space.blocks()).isEqualTo(count / 2);
        assertThat(space.allocate(128)).as("no two neighbours are free").isEqualTo(-1);
        for (int i = 1; i < count; i += 2) {
            space.free(i * 64L, 64);
        }
        assertThat(space.blocks()).isEqualTo(1);
    }
}
