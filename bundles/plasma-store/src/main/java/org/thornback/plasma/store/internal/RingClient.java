// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.lang.foreign.Arena;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.thornback.layout.PinPage;
import org.thornback.layout.RegionVersion;
import org.thornback.layout.SegmentBuffer;

/** A process of ours: pins through its own page, and puts small objects through its own ring. Owned by the conductor. */
final class RingClient extends PinningClient {
    /** Bytes of the ring; a put may take an eighth of it. */
    static final int RING_CAPACITY = 1 << 20;

    static final int RING_LENGTH = RING_CAPACITY + RingBufferDescriptor.TRAILER_LENGTH;

    private final long number;
    private final Connection calls;
    private final SharedRegion pinRegion;
    private final SharedRegion ringRegion;
    private final ManyToOneRingBuffer ring;
    private Connection notices;
    private boolean stalled;
    private long drainDeadline;
    private boolean drainAwaited;

    private RingClient(long number, Connection calls, SharedRegion pinRegion, PinPage pins, SharedRegion ringRegion) {
        super("client-" + number, pins);
        this.number = number;
        this.calls = requireNonNull(calls, "calls");
        this.pinRegion = pinRegion;
        this.ringRegion = ringRegion;
        ring = new ManyToOneRingBuffer(ringRegion.buffer());
    }

    static RingClient open(long number, Connection calls) throws IOException {
        SharedRegion pinRegion = pinPage("thornback-pins");
        try {
            SharedRegion ringRegion = SharedRegion.create("thornback-ring", RING_LENGTH, Arena.ofConfined());
            return new RingClient(number, calls, pinRegion, new PinPage(pinRegion.buffer()), ringRegion);
        } catch (IOException | RuntimeException e) {
            pinRegion.close();
            throw e;
        }
    }

    private static SharedRegion pinPage(String name) throws IOException {
        SharedRegion region = SharedRegion.create(name, PinPage.LENGTH, Arena.ofConfined());
        SegmentBuffer page = region.buffer();
        RegionVersion.write(page);
        return region;
    }

    long number() {
        return number;
    }

    Connection calls() {
        return calls;
    }

    /** The second connection, or null. */
    Connection notices() {
        return notices;
    }

    void notices(Connection connection) {
        notices = connection;
    }

    int pinDescriptor() {
        return pinRegion.descriptor();
    }

    int ringDescriptor() {
        return ringRegion.descriptor();
    }

    SharedRegion ringRegion() {
        return ringRegion;
    }

    ManyToOneRingBuffer ring() {
        return ring;
    }

    /** Whether a put at the head of the ring found no room. */
    boolean isStalled() {
        return stalled;
    }

    void stalled(boolean value) {
        stalled = value;
    }

    /** Whether the client waits for its ring to be empty. */
    boolean isDrainAwaited() {
        return drainAwaited;
    }

    long drainDeadline() {
        return drainDeadline;
    }

    void awaitDrain(long deadline) {
        drainAwaited = true;
        drainDeadline = deadline;
    }

    void drainAnswered() {
        drainAwaited = false;
    }

    void closeRegions() {
        pinRegion.close();
        ringRegion.close();
    }
}
