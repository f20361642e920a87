// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.plasma;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToIntFunction;
import org.thornback.api.ThornbackException;
import org.thornback.api.store.PlasmaId;
import org.thornback.api.store.StoreGoneException;
import org.thornback.layout.SegmentBuffer;
import org.thornback.layout.StoreProtocol;

/**
 * A connection to the store that carries one call at a time: the calling thread writes the request and reads the answer itself,
 * so a call costs two wake-ups and no hand-off.
 *
 * <p>Safe from any thread; calls wait for each other. The channel never blocks, because an interrupt would close a blocking
 * one: an interrupted thread finishes its call and stays interrupted. When the store ends, calls fail at once.
 */
final class StoreCalls implements AutoCloseable {
    private static final int INITIAL_CAPACITY = 4 << 10;
    private static final int BODY = StoreProtocol.HEADER_LENGTH;

    private final Path path;
    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final ReentrantLock lock = new ReentrantLock();
    private ByteBuffer bytes;
    private SegmentBuffer buffer;
    private volatile boolean open = true;

    /** Encodes a body and returns its length. */
    interface Encoder extends ToIntFunction<SegmentBuffer> {}

    /** Reads the body of an answer. */
    interface Decoder<T> {
        T decode(SegmentBuffer buffer, int offset, int length);
    }

    StoreCalls(Path path) {
        this.path = requireNonNull(path, "path");
        grow(INITIAL_CAPACITY);
        try {
            selector = Selector.open();
            channel = SocketChannel.open(UnixDomainSocketAddress.of(path));
            channel.configureBlocking(false);
            key = channel.register(selector, SelectionKey.OP_READ);
        } catch (IOException e) {
            throw new StoreGoneException(
                    "no object store answers at socket=" + path + " (" + e.getMessage() + "): is the node running?", e);
        }
    }

    boolean isOpen() {
        return open;
    }

    /** Sends a request and waits for its answer. */
    <T> T call(int type, int maxBody, Encoder request, int answerType, Decoder<T> answer) {
        lock.lock();
        boolean interrupted = Thread.interrupted();
        try {
            send(type, maxBody, request);
            fill(StoreProtocol.HEADER_LENGTH);
            long answered = buffer.getLong(StoreProtocol.TYPE_FIELD);
            long length = buffer.getLong(StoreProtocol.LENGTH_FIELD);
            if (answered != answerType || length < 0 || length > StoreProtocol.MAX_BODY) {
                throw new IOException(
                        "answer type=" + answered + " length=" + length + ", expected type " + answerType);
            }
            fill(BODY + (int) length);
            interrupted |= Thread.interrupted();
            return answer.decode(buffer, BODY, (int) length);
        } catch (IOException e) {
            throw lost(e);
        } finally {
            lock.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Sends a message that is not answered. */
    void tell(int type, int maxBody, Encoder message) {
        lock.lock();
        boolean interrupted = Thread.interrupted();
        try {
            send(type, maxBody, message);
        } catch (IOException e) {
            throw lost(e);
        } finally {
            lock.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    void tell(int type, PlasmaId id) {
        tell(type, PlasmaId.LENGTH, body -> {
            StoreProtocol.putId(body, BODY, id);
            return PlasmaId.LENGTH;
        });
    }

    void tell(int type) {
        tell(type, 0, body -> 0);
    }

    static Encoder ids(Collection<PlasmaId> ids) {
        return body -> {
            body.putInt(BODY, ids.size());
            int number = 0;
            for (PlasmaId id : ids) {
                StoreProtocol.putId(body, StoreProtocol.idOffset(BODY, number++), id);
            }
            return StoreProtocol.idsLength(number);
        };
    }

    static String text(SegmentBuffer answer, int offset, int length) {
        byte[] text = new byte[length];
        answer.getBytes(offset, text);
        return new String(text, UTF_8);
    }

    private void send(int type, int maxBody, Encoder message) throws IOException {
        if (!open) {
            throw new IOException("the connection has ended");
        }
        if (bytes.capacity() < BODY + maxBody) {
            grow(BODY + maxBody);
        }
        int length = message.applyAsInt(buffer);
        StoreProtocol.putHeader(buffer, 0, type, length);
        bytes.clear().limit(BODY + length);
        while (bytes.hasRemaining()) {
            if (channel.write(bytes) == 0) {
                await(SelectionKey.OP_WRITE);
            }
        }
        bytes.clear().limit(0);
    }

    /** Reads until the frame buffer holds that many bytes, counted from the start of the frame. */
    private void fill(int wanted) throws IOException {
        if (bytes.capacity() < wanted) {
            ByteBuffer old = bytes.flip();
            grow(wanted);
            bytes.put(old);
            bytes.limit(bytes.position());
        }
        while (bytes.position() < wanted) {
            bytes.limit(wanted);
            int count = channel.read(bytes);
            if (count < 0) {
                throw new IOException("the store closed the connection");
            }
            if (count == 0) {
                await(SelectionKey.OP_READ);
            }
        }
    }

    private void await(int interest) throws IOException {
        boolean interrupted = false;
        try {
            key.interestOps(interest);
            while (selector.select() == 0) { // an interrupt ends the wait, not the call
                interrupted |= Thread.interrupted();
            }
            selector.selectedKeys().clear();
        } catch (ClosedSelectorException | CancelledKeyException e) {
            throw new IOException("the connection was closed by this side", e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void grow(int capacity) {
        bytes = ByteBuffer.allocateDirect(Math.max(INITIAL_CAPACITY, Integer.highestOneBit(capacity - 1) << 1));
        buffer = new SegmentBuffer(MemorySegment.ofBuffer(bytes));
    }

    private ThornbackException lost(IOException e) {
        close();
        return new StoreGoneException("the object store at socket=" + path + " is gone: " + e.getMessage(), e);
    }

    @Override
    public void close() {
        open = false;
        try {
            selector.close();
            channel.close();
        } catch (IOException e) {
            throw new StoreGoneException("the connection to socket=" + path + " could not be closed", e);
        }
    }
}
