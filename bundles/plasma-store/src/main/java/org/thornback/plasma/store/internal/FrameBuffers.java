// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import org.thornback.layout.SegmentBuffer;
import org.thornback.layout.StoreProtocol;
import org.thornback.layout.arrow.ArrowWriter;

/** The memory all connections share, because the conductor serves one at a time. Owned by the conductor. */
final class FrameBuffers implements AutoCloseable {
    /** Said instead of a descriptor when none came. */
    static final int NONE = -1;

    /** Said instead of a descriptor when more came than one. */
    static final int TOO_MANY = -2;

    private static final int READ_AHEAD = 64 << 10;
    private static final long LARGEST_HOLDING = 256L << 20;
    private static final long CLOSE_ON_EXEC = 0x40000000;
    private static final long NO_SIGNAL = 0x4000;
    private static final int CUT_OFF = 8;
    private static final int SOL_SOCKET = 1;
    private static final int SCM_RIGHTS = 1;

    // struct msghdr, then the iovec and the control message it points to
    private static final int IOV_FIELD = 16;
    private static final int IOV_COUNT_FIELD = 24;
    private static final int CONTROL_FIELD = 32;
    private static final int CONTROL_LENGTH_FIELD = 40;
    private static final int FLAGS_FIELD = 48;
    private static final int IOV = 56;
    private static final int IOV_LENGTH_FIELD = IOV + 8;
    private static final int CONTROL = IOV + 16;
    private static final int LEVEL_FIELD = CONTROL + 8;
    private static final int TYPE_FIELD = CONTROL + 12;
    private static final int DESCRIPTOR_FIELD = CONTROL + 16;
    private static final int CONTROL_LENGTH = 20;
    private static final int LENGTH = 104;
    private static final int PAYLOAD = 96;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    private final Arena arena = Arena.ofShared();
    private final SegmentBuffer input;
    private final SegmentBuffer output;
    private final ArrowWriter arrow = new ArrowWriter();
    private final Allowance allowance = new Allowance(LARGEST_HOLDING);
    private final MemorySegment message = arena.allocate(LENGTH, Long.BYTES);
    private int received = NONE;

    FrameBuffers() {
        int frame = StoreProtocol.HEADER_LENGTH + StoreProtocol.MAX_BODY;
        input = new SegmentBuffer(cleared(frame + READ_AHEAD));
        output = new SegmentBuffer(cleared(frame));
        message.set(LONG, IOV_FIELD, message.address() + IOV);
        message.set(LONG, IOV_COUNT_FIELD, 1);
        message.set(LONG, CONTROL_FIELD, message.address() + CONTROL);
    }

    /** An arena clears its memory word by word in Java, which takes 50 ms while that code is interpreted. */
    private static MemorySegment cleared(int length) {
        return MemorySegment.ofBuffer(ByteBuffer.allocateDirect(length));
    }

    SegmentBuffer input() {
        return input;
    }

    SegmentBuffer output() {
        return output;
    }

    ArrowWriter arrow() {
        return arrow;
    }

    Allowance allowance() {
        return allowance;
    }

    /** Reads from a socket; returns the count or minus errno. What came with the bytes is {@link #received}. */
    long receive(int socket, long address, int length) {
        message.set(LONG, IOV, address);
        message.set(LONG, IOV_LENGTH_FIELD, length);
        message.set(LONG, CONTROL_LENGTH_FIELD, CONTROL_LENGTH);
        message.set(INT, FLAGS_FIELD, 0);
        long count = Linux.attempt(Linux.RECVMSG, socket, message.address(), CLOSE_ON_EXEC, 0, 0);
        received = NONE;
        if (count > 0 && message.get(LONG, CONTROL_LENGTH_FIELD) != 0) {
            noteDescriptor();
        }
        return count;
    }

    private void noteDescriptor() {
        boolean whole = message.get(LONG, CONTROL_LENGTH_FIELD) >= CONTROL_LENGTH
                && message.get(INT, LEVEL_FIELD) == SOL_SOCKET
                && message.get(INT, TYPE_FIELD) == SCM_RIGHTS;
        received = whole ? message.get(INT, DESCRIPTOR_FIELD) : NONE;
        if ((message.get(INT, FLAGS_FIELD) & CUT_OFF) != 0) {
            if (received >= 0) {
                Linux.close(received);
            }
            received = TOO_MANY;
        }
    }

    /** The descriptor that came with the bytes read last, {@link #NONE} or {@link #TOO_MANY}; belongs to whoever asks. */
    int received() {
        return received;
    }

    /** Writes to a socket without waiting; returns the count or minus errno. */
    static long send(int socket, long address, long length) {
        return Linux.attempt(Linux.SENDTO, socket, address, length, NO_SIGNAL | Linux.MSG_DONTWAIT, 0);
    }

    /** Sends one byte that carries a descriptor; returns 1 or minus errno. */
    long sendDescriptor(int socket, int descriptor) {
        message.set(LONG, IOV, message.address() + PAYLOAD);
        message.set(LONG, IOV_LENGTH_FIELD, 1);
        message.set(LONG, CONTROL_LENGTH_FIELD, CONTROL_LENGTH);
        message.set(INT, FLAGS_FIELD, 0);
        message.set(LONG, CONTROL, CONTROL_LENGTH);
        message.set(INT, LEVEL_FIELD, SOL_SOCKET);
        message.set(INT, TYPE_FIELD, SCM_RIGHTS);
        message.set(INT, DESCRIPTOR_FIELD, descriptor);
        return Linux.attempt(Linux.SENDMSG, socket, message.address(), NO_SIGNAL | Linux.MSG_DONTWAIT, 0, 0);
    }

    @Override
    public void close() {
        arena.close();
    }
}
