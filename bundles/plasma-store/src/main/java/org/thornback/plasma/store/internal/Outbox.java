// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a socket's other side has not read yet: bytes, and descriptors at their places between them. Never waits. Owned by the
 * conductor.
 */
final class Outbox {
    /** What becomes of an attempt to send. */
    enum State {
        /** Everything is with the kernel. */
        EMPTY,
        /** The other side has to read first. */
        WAITING,
        /** The other side is gone. */
        BROKEN
    }

    private final FrameBuffers buffers;
    private final HeldBytes held;
    private final Deque<Enclosure> enclosures = new ArrayDeque<>(0);
    private long sent;

    /** A segment whose descriptor goes with the byte at that place of the stream. */
    private record Enclosure(long place, StoreSegment segment) {}

    Outbox(FrameBuffers buffers, Allowance.Account account) {
        this.buffers = requireNonNull(buffers, "buffers");
        held = new HeldBytes(account);
    }

    boolean isEmpty() {
        return held.isEmpty();
    }

    /** Bytes the other side has not read. */
    int length() {
        return held.length();
    }

    /** Fails when the other side makes the store keep too much. */
    State send(int socket, long address, int length) {
        int count = 0;
        if (held.isEmpty()) {
            long result = FrameBuffers.send(socket, address, length);
            if (result < 0 && result != -Linux.EAGAIN) {
                return State.BROKEN;
            }
            count = (int) Math.max(0, result);
        }
        if (count == length) {
            return State.EMPTY;
        }
        held.append(MemorySegment.ofAddress(address).reinterpret(length), count, length - count);
        return State.WAITING;
    }

    State sendDescriptor(int socket, StoreSegment segment) {
        if (held.isEmpty()) {
            long result = buffers.sendDescriptor(socket, segment.file().descriptor());
            if (result == 1) {
                return State.EMPTY;
            }
            if (result != -Linux.EAGAIN) {
                return State.BROKEN;
            }
        }
        enclosures.add(new Enclosure(sent + held.length(), segment));
        held.reserve(1);
        held.added(1);
        return State.WAITING;
    }

    /** Sends what waits, as far as the other side takes it. */
    State flush(int socket) {
        while (!held.isEmpty()) {
            Enclosure next = enclosures.peek();
            long result;
            if (next != null && next.place == sent) {
                if (!next.segment.isOpen()) {
                    return State.BROKEN;
                }
                result = buffers.sendDescriptor(socket, next.segment.file().descriptor());
                if (result == 1) {
                    enclosures.remove();
                }
            } else {
                long length = next == null ? held.length() : Math.min(held.length(), next.place - sent);
                result = FrameBuffers.send(socket, held.address(), length);
            }
            if (result < 0) {
                return result == -Linux.EAGAIN ? State.WAITING : State.BROKEN;
            }
            sent += result;
            held.consumed((int) result);
        }
        sent = 0;
        return State.EMPTY;
    }

    void close() {
        enclosures.clear();
        held.close();
    }
}
