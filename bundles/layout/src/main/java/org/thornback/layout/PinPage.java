// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.layout;

import static java.util.Objects.requireNonNull;

import java.lang.invoke.VarHandle;
import java.util.function.LongConsumer;

/**
 * Which objects one client pins. Written by that client alone, read by the store before it reuses memory. Little-endian.
 *
 * <pre>
 *      0 +---------------------------------------------------------------+
 *        | int32 version | int32 used entries | int64 count of accesses  |
 *     64 +---------------------------------------------------------------+
 *        | 131,072 entries: int64, 0 or generation << 32 | slot + 1      |
 *        +---------------------------------------------------------------+
 *        | 1,024 accesses: int64 as above, the newest over the oldest    |
 *        +---------------------------------------------------------------+
 * </pre>
 *
 * <p>{@code used entries} only grows: no entry from there on was ever written. To pin, publish the entry, then a full fence,
 * then read the slot's control word again: if it changed, the pin did not hold. To reuse memory, the store changes the control
 * word, then a full fence, then looks for the entry on every page.
 *
 * <p>The accesses are hints for choosing what to evict; some may be lost.
 */
public final class PinPage {
    /** Most pins of one client at once. */
    public static final int MAX_PINS = 1 << 17;

    private static final int ACCESSES = 1 << 10;
    private static final int USED_FIELD = 4;
    private static final int ACCESS_COUNT_FIELD = 8;
    private static final int ENTRIES = 64;
    private static final int ACCESS_RING = ENTRIES + MAX_PINS * Long.BYTES;

    /** Length of the region; untouched parts have no memory behind them. */
    public static final int LENGTH = ACCESS_RING + ACCESSES * Long.BYTES;

    private final SegmentBuffer page;

    /**
     * Uses a page.
     *
     * @param page the region; a version must have been written.
     */
    public PinPage(SegmentBuffer page) {
        this.page = requireNonNull(page, "page");
        RegionVersion.check(page, "a pin page");
    }

    /**
     * Says that entries below a number may be in use. The client calls it before it uses a new one; never lowers the number.
     *
     * @param count of entries.
     */
    public void used(int count) {
        int now = page.getIntVolatile(USED_FIELD);
        while (now < count && !page.compareAndSetInt(USED_FIELD, now, count)) {
            now = page.getIntVolatile(USED_FIELD);
        }
    }

    /**
     * Publishes a pin, with a full fence after it.
     *
     * @param entry number of the entry.
     * @param value as {@link IndexDescriptor#pinEntry} makes it.
     */
    public void publish(int entry, long value) {
        page.putLongVolatile(ENTRIES + entry * Long.BYTES, value);
        VarHandle.fullFence();
    }

    /**
     * Takes a pin back; reads of the object made before are not moved behind it.
     *
     * @param entry number of the entry.
     */
    public void clear(int entry) {
        page.putLongRelease(ENTRIES + entry * Long.BYTES, 0);
    }

    /**
     * Notes that an object was used.
     *
     * @param value as published.
     */
    public void accessed(long value) {
        long count = page.getAndAddLong(ACCESS_COUNT_FIELD, 1);
        page.putLongOpaque(ACCESS_RING + ((int) count & (ACCESSES - 1)) * Long.BYTES, value);
    }

    /**
     * Reads all pins. The store calls it after its full fence.
     *
     * @param consumer of each entry that is in use.
     */
    public void forEachPin(LongConsumer consumer) {
        int used = Math.clamp(page.getIntVolatile(USED_FIELD), 0, MAX_PINS);
        for (int entry = 0; entry < used; entry++) {
            long value = page.getLongVolatile(ENTRIES + entry * Long.BYTES);
            if (value != 0) {
                consumer.accept(value);
            }
        }
    }

    /**
     * Reads the accesses since a count, as far as they are still there.
     *
     * @param since    what this returned last, 0 at first.
     * @param consumer of each access, oldest first.
     * @return the count now.
     */
    public long forEachAccess(long since, LongConsumer consumer) {
        long count = page.getLongVolatile(ACCESS_COUNT_FIELD);
        for (long access = Math.max(since, count - ACCESSES); access < count; access++) {
            long value = page.getLongOpaque(ACCESS_RING + ((int) access & (ACCESSES - 1)) * Long.BYTES);
            if (value != 0) {
                consumer.accept(value);
            }
        }
        return count;
    }
}
