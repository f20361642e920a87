// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.function.ToLongFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A store kept full for long, oldest out first as the store evicts, with some objects pinned that stay where they are. How much
 * lies idle when an object does not fit is what fragmentation costs.
 */
class FragmentationTest {
    private static final long CAPACITY = 256L << 20;
    private static final int OBJECTS = 200_000;
    private static final int PINNED_EVERY = 64;
    private static final int PINNED_FOR = 4_000;
    private static final double MOST_IDLE = 1 / 3.0;

    private final FreeSpace space = new FreeSpace(CAPACITY);
    private final Deque<Block> evictable = new ArrayDeque<>();
    private final Deque<Block> pinned = new ArrayDeque<>();
    private double worst;
    private double sum;
    private long misfits;
    private long evicted;

    private record Block(long start, long length, int until) {}

    /** What is stored. */
    private enum Load {
        /** From 64 bytes to 4 MiB, each magnitude as often. */
        ALL_SIZES(random -> 64L << random.nextInt(17)),
        /** The same with odd lengths. */
        ODD_SIZES(random -> (64L << random.nextInt(16)) + 64L * random.nextInt(1 << 12)),
        /** Many small ones between few large ones. */
        SMALL_AND_LARGE(random -> random.nextInt(100) == 0 ? 8L << 20 : 64L * random.nextInt(1, 32));

        private final ToLongFunction<SplittableRandom> sizes;

        Load(ToLongFunction<SplittableRandom> sizes) {
            this.sizes = sizes;
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldLeaveOnlyABoundedPartIdleWhenAnObjectDoesNotFit(Load load) {
        SplittableRandom random = new SplittableRandom(4);
        for (int number = 0; number < OBJECTS; number++) {
            put(load.sizes.applyAsLong(random), number);
            unpin(number);
        }

        System.out.printf(
                "%s: %d objects, %d times one did not fit at first; free by then: worst %.1f %%, mean %.1f %% of the"
                        + " store%n",
                load, OBJECTS, misfits, 100 * worst, 100 * sum / Math.max(1, misfits));
        assertThat(evicted).as("the store was full").isGreaterThan(OBJECTS / 2);
        assertThat(worst).as("idle share of the store").isLessThan(MOST_IDLE);
    }

    private void put(long length, int number) {
        long start = space.allocate(length);
        while (start < 0) {
            if (space.available() >= length) {
                double idle = (double) space.available() / CAPACITY;
                worst = Math.max(worst, idle);
                sum += idle;
                misfits++;
            }
            Block oldest = evictable.poll();
            evicted++;
            space.free(oldest.start, oldest.length);
            start = space.allocate(length);
        }
        Deque<Block> queue = number % PINNED_EVERY == 0 ? pinned : evictable;
        queue.add(new Block(start, length, number + PINNED_FOR));
    }

    private void unpin(int number) {
        while (!pinned.isEmpty() && pinned.peek().until <= number) {
            evictable.add(pinned.poll());
        }
    }
}
