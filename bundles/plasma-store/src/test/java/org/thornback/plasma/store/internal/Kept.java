// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.thornback.api.store.SpillTarget;

/** Keeps what is written out on the heap; whoever writes may be made to wait. Safe from any thread. */
final class Kept implements SpillTarget {
    final Map<Long, byte[]> places = new HashMap<>();
    private long next;
    final List<RuntimeException> failures = new CopyOnWriteArrayList<>();
    final CountDownLatch reached = new CountDownLatch(1);
    private volatile CountDownLatch gate = new CountDownLatch(0);
    volatile boolean full;

    @Override
    public long write(MemorySegment bytes) throws IOException {
        reached.countDown();
        await(gate);
        if (full) {
            throw new IOException("no space left");
        }
        try {
            return keep(bytes.toArray(ValueLayout.JAVA_BYTE));
        } catch (RuntimeException e) {
            failures.add(e);
            throw e;
        }
    }

    private synchronized long keep(byte[] bytes) {
        places.put(++next, bytes);
        return next;
    }

    /** Whoever writes waits from now on; returns what lets it go on. */
    CountDownLatch shut() {
        gate = new CountDownLatch(1);
        return gate;
    }

    static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public synchronized void read(long place, MemorySegment into) throws IOException {
        if (!places.containsKey(place)) {
            throw new IOException("place=" + place + " is empty");
        }
        into.copyFrom(MemorySegment.ofArray(places.get(place)));
    }

    @Override
    public synchronized void free(long place, long length) {
        assertThat(places.remove(place)).hasSize((int) length);
    }

    synchronized int size() {
        return places.size();
    }
}
