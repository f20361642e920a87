// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.transport;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.thornback.layout.SegmentBuffer;

/**
 * One framed, non-blocking connection.
 *
 * <ul>
 *   <li>Sending: any thread, by {@link #claim}, encoding in place, {@link #commit}. What the socket does not take at once
 *       stays in the outgoing buffer and leaves when the socket can be written again.
 *   <li>Reading: only the thread that polls; frames go to the {@link FrameHandler}.
 *   <li>A frame committed without flush leaves when somebody flushes, when the buffer is full enough, or when the poller
 *       turns next: callers batch by not flushing, and never have to remember to.
 * </ul>
 */
public final class FrameChannel implements AutoCloseable {
    private static final int FLUSH_AT = 16 << 10;

    private final SocketChannel socket;
    private final Poller poller;
    private final ReentrantLock sending = new ReentrantLock();
    private final GrowingBuffer outgoing = new GrowingBuffer();
    private final GrowingBuffer incoming = new GrowingBuffer();
    private final AtomicBoolean dirty = new AtomicBoolean();
    private final AtomicBoolean closing = new AtomicBoolean();
    private FrameHandler handler;
    private SelectionKey key;
    private volatile Object attachment;
    /** Guarded by the lock of sending. */
    private boolean endsWhenSent;

    FrameChannel(SocketChannel socket, Poller poller) {
        this.socket = requireNonNull(socket, "socket");
        this.poller = requireNonNull(poller, "poller");
    }

    /** Called once by the poller before the first read. */
    void begin(FrameHandler frameHandler, SelectionKey selectionKey) {
        handler = requireNonNull(frameHandler, "frameHandler");
        key = requireNonNull(selectionKey, "selectionKey");
    }

    SocketChannel socket() {
        return socket;
    }

    FrameHandler handler() {
        return handler;
    }

    /**
     * Locks the outgoing side and makes room for a message. Must be followed by {@link #commit} or {@link #abandon} on the
     * same thread.
     *
     * @param maxLength most bytes that SBE header and message will take.
     * @return the buffer to encode into, from {@link #offset()} on.
     */
    public SegmentBuffer claim(int maxLength) {
        sending.lock();
        outgoing.reserve(FrameDescriptor.HEADER_LENGTH + maxLength);
        return outgoing.view();
    }

    /**
     * Where the claimed message begins.
     *
     * @return offset in the claimed buffer.
     */
    public int offset() {
        return outgoing.end() + FrameDescriptor.HEADER_LENGTH;
    }

    /**
     * Completes the claimed message.
     *
     * @param length of SBE header and message as encoded.
     * @param flush  true to hand it to the kernel now, false to let it travel with the next ones.
     */
    public void commit(int length, boolean flush) {
        try {
            outgoing.view().putInt(outgoing.end(), length);
            outgoing.advanceEnd(FrameDescriptor.HEADER_LENGTH + length);
            if (flush || outgoing.length() >= FLUSH_AT) {
                write();
            } else if (!dirty.get() && dirty.compareAndSet(false, true)) {
                poller.flushLater(this);
            }
        } finally {
            sending.unlock();
        }
    }

    /** Gives up the claimed message. */
    public void abandon() {
        sending.unlock();
    }

    /** Hands everything committed to the kernel, as far as it takes it. */
    public void flush() {
        sending.lock();
        try {
            dirty.set(false);
            write();
        } finally {
            sending.unlock();
        }
    }

    /**
     * Tells whether the connection still stands, as far as this side knows.
     *
     * @return false once it was closed or found broken.
     */
    public boolean isOpen() {
        return !closing.get();
    }

    /** Ends the connection; the handler hears of it from the polling thread. Later sends are dropped. */
    @Override
    public void close() {
        if (closing.compareAndSet(false, true)) {
            poller.closed(this);
        }
    }

    /** Ends the connection as {@link #close} does, once everything that was committed has left. */
    public void closeWhenSent() {
        sending.lock();
        try {
            endsWhenSent = true;
            write();
        } finally {
            sending.unlock();
        }
    }

    /**
     * What the handler attached.
     *
     * @param <T> type the caller knows it has.
     * @return the attachment, or null.
     */
    @SuppressWarnings("unchecked")
    public <T> T attachment() {
        return (T) attachment;
    }

    /**
     * Attaches an object of the handler's.
     *
     * @param object to be found again by {@link #attachment()}.
     */
    public void attach(Object object) {
        attachment = object;
    }

    /** Reads what is there until the socket has no more, and delivers each whole frame. Polling thread only. */
    void read() {
        try {
            while (true) {
                incoming.reserve(FrameDescriptor.MESSAGE_HEADER_LENGTH);
                int room = incoming.room().remaining();
                int count = socket.read(incoming.room());
                if (count < 0) {
                    close();
                    return;
                }
                incoming.advanceEnd(count);
                deliver();
                if (count < room) {
                    return;
                }
            }
        } catch (IOException e) {
            close(); // a peer that dies resets the connection: the same as an end
        }
    }

    private void deliver() {
        while (incoming.length() >= FrameDescriptor.HEADER_LENGTH) {
            int length = incoming.view().getInt(incoming.start());
            FrameDescriptor.checkLength(length);
            int whole = FrameDescriptor.HEADER_LENGTH + length;
            if (incoming.length() < whole) {
                incoming.reserve(whole - incoming.length());
                return;
            }
            handler.onFrame(this, incoming.view(), incoming.start() + FrameDescriptor.HEADER_LENGTH, length);
            incoming.advanceStart(whole);
        }
    }

    /** The socket takes bytes again. Polling thread only. */
    void writable() {
        sending.lock();
        try {
            key.interestOpsAnd(~SelectionKey.OP_WRITE);
            write();
        } finally {
            sending.unlock();
        }
    }

    private void write() {
        if (closing.get()) {
            outgoing.advanceStart(outgoing.length());
            return;
        }
        try {
            while (outgoing.length() > 0) {
                int count = socket.write(outgoing.content());
                if (count == 0) {
                    key.interestOpsOr(SelectionKey.OP_WRITE);
                    poller.wakeup();
                    return;
                }
                outgoing.advanceStart(count);
            }
            if (endsWhenSent) {
                close();
            }
        } catch (IOException e) {
            close();
        }
    }
}
