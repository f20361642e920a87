// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.thornback.api.store.PlasmaId;
import org.thornback.layout.arrow.ArrowProtocol;

/** One who subscribes as Arrow's clients do: sends the store one end of a pair of sockets, and reads from the other. */
final class ArrowSubscription implements Closeable {
    private static final boolean ARM = "aarch64".equals(System.getProperty("os.arch"));
    private static final long CONNECT = ARM ? 203 : 42;
    private static final long SOCKETPAIR = ARM ? 199 : 53;
    private static final long SETSOCKOPT = ARM ? 208 : 54;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVTIMEO = 20;
    private static final long LONGEST_SECONDS = 10;
    private static final short AF_UNIX = 1;
    private static final int STREAM = 1;

    private final Arena arena = Arena.ofConfined();
    private final int store;
    private final int mine;

    ArrowSubscription(Path socket) throws IOException {
        store = (int) Linux.call("socket", Linux.SOCKET, AF_UNIX, STREAM, 0, 0, 0);
        MemorySegment address = arena.allocate(110, Long.BYTES);
        address.set(ValueLayout.JAVA_SHORT, 0, AF_UNIX);
        address.setString(Short.BYTES, socket.toString());
        Linux.call("connect", CONNECT, store, address.address(), address.byteSize(), 0, 0);
        MemorySegment pair = arena.allocate(2 * Integer.BYTES, Long.BYTES);
        Linux.call("socketpair", SOCKETPAIR, AF_UNIX, STREAM, 0, pair.address(), 0);
        mine = pair.get(ValueLayout.JAVA_INT, 0);
        MemorySegment limit = arena.allocateFrom(ValueLayout.JAVA_LONG, LONGEST_SECONDS, 0);
        Linux.call("setsockopt", SETSOCKOPT, mine, SOL_SOCKET, SO_RCVTIMEO, limit.address(), limit.byteSize());
        subscribe(pair.get(ValueLayout.JAVA_INT, Integer.BYTES));
    }

    private void subscribe(int theirs) {
        MemorySegment request = arena.allocateFrom(ValueLayout.JAVA_BYTE, ArrowWire.empty(ArrowProtocol.SUBSCRIBE));
        FrameBuffers.send(store, request.address(), request.byteSize());
        try (FrameBuffers buffers = new FrameBuffers()) {
            buffers.sendDescriptor(store, theirs);
        }
        Linux.close(theirs);
    }

    /** The id of the next object that was sealed; waits for it, and fails after a while. */
    PlasmaId nextSealed() throws IOException {
        int length = (int) read(Long.BYTES).getLong();
        ByteBuffer message = read(length);
        return ArrowInfo.all(message).getFirst().id();
    }

    private ByteBuffer read(int length) throws IOException {
        MemorySegment bytes = arena.allocate(length, Long.BYTES);
        long done = 0;
        while (done < length) {
            long count = Linux.call("read", Linux.READ, mine, bytes.address() + done, length - done, 0, 0);
            if (count == 0) {
                throw new EOFException("the store tells no more");
            }
            done += count;
        }
        return bytes.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() {
        Linux.close(mine);
        Linux.close(store);
        arena.close();
    }
}
