// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.layout;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.thornback.api.store.PlasmaId;

/**
 * Pins objects for one client: the client's side of {@link PinPage} and {@link IndexReader}.
 *
 * <p>Safe from any thread; takes no lock and makes no call. Entries of the page that are free form a stack; its head carries
 * a count beside the entry's number, so that a thread that was held up does not take it for unchanged.
 */
public final class PinRegister {
    /** Said instead of an entry when the object is not there. */
    public static final int ABSENT = -1;

    /** Said instead of an entry when all entries are taken. */
    public static final int EXHAUSTED = -2;

    private static final int CHUNK_BITS = 10;
    private static final int CHUNK = 1 << CHUNK_BITS;

    private final IndexReader index;
    private final PinPage page;
    private final AtomicReferenceArray<AtomicIntegerArray> next =
            new AtomicReferenceArray<>(PinPage.MAX_PINS >>> CHUNK_BITS);
    private final AtomicLong free = new AtomicLong();
    private final AtomicInteger used = new AtomicInteger();

    /**
     * Pins through a page nobody else writes.
     *
     * @param index where objects are found.
     * @param page  of this client.
     */
    public PinRegister(IndexReader index, PinPage page) {
        this.index = requireNonNull(index, "index");
        this.page = requireNonNull(page, "page");
    }

    /**
     * Pins a sealed object.
     *
     * @param id   of the object.
     * @param slot points at its slot afterwards, which stays as it is until {@link #unpin}.
     * @return the entry to be given to {@link #unpin}, {@link #ABSENT} or {@link #EXHAUSTED}.
     */
    public int pin(PlasmaId id, SlotFlyweight slot) {
        int found = index.find(id);
        if (found < 0) {
            return ABSENT;
        }
        int entry = take();
        if (entry == EXHAUSTED) {
            return EXHAUSTED;
        }
        while (found >= 0) {
            long control = index.control(found);
            if (IndexReader.isSealed(control)) {
                long value = IndexDescriptor.pinEntry(found, control);
                page.publish(entry, value);
                // INVARIANT: the control word is read again after the fence in publish; unchanged means that the store,
                // which changes it before its own fence, sees this pin.
                if (index.control(found) == control && index.holds(found, id)) {
                    page.accessed(value);
                    index.wrap(slot, found);
                    return entry;
                }
                page.clear(entry);
            }
            found = index.find(id);
        }
        give(entry);
        return ABSENT;
    }

    /**
     * Lets an object go. Nothing of it may be read afterwards.
     *
     * @param entry that {@link #pin} returned.
     */
    public void unpin(int entry) {
        page.clear(entry);
        give(entry);
    }

    private int take() {
        while (true) {
            long head = free.get();
            int entry = (int) head - 1;
            if (entry < 0) {
                return extend();
            }
            int below = chunk(entry).get(entry & (CHUNK - 1));
            if (free.compareAndSet(head, stamp(head, below))) {
                return entry;
            }
        }
    }

    private int extend() {
        int entry = used.getAndUpdate(count -> Math.min(count + 1, PinPage.MAX_PINS));
        if (entry == PinPage.MAX_PINS) {
            return EXHAUSTED;
        }
        page.used(entry + 1);
        return entry;
    }

    private void give(int entry) {
        while (true) {
            long head = free.get();
            chunk(entry).set(entry & (CHUNK - 1), (int) head);
            if (free.compareAndSet(head, stamp(head, entry + 1))) {
                return;
            }
        }
    }

    private static long stamp(long head, int entryPlusOne) {
        return ((head >>> Integer.SIZE) + 1) << Integer.SIZE | entryPlusOne;
    }

    private AtomicIntegerArray chunk(int entry) {
        int number = entry >>> CHUNK_BITS;
        AtomicIntegerArray chunk = next.get(number);
        if (chunk == null) {
            next.compareAndSet(number, null, new AtomicIntegerArray(CHUNK));
            chunk = next.get(number);
        }
        return chunk;
    }
}
