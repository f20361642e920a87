// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import org.thornback.layout.SegmentBuffer;
import org.thornback.layout.StoreProtocol;

/**
 * One connection of a client: cuts its bytes into frames, and sends answers without ever waiting for the other side. Owned by
 * the conductor.
 */
final class Connection {
    /** A side that reads nothing may leave this much unread before it is dropped. */
    private static final int MAX_UNREAD = 16 << 20;

    private final int descriptor;
    private final EventLoop loop;
    private final FrameBuffers buffers;
    private final List<Conversation.Family> families;
    private final Runnable onEnd;
    private Conversation conversation;
    private byte[] partial = {};
    private byte[] unsent = {};
    private boolean open = true;

    Connection(
            int descriptor, EventLoop loop, FrameBuffers buffers, List<Conversation.Family> families, Runnable onEnd) {
        this.descriptor = descriptor;
        this.loop = requireNonNull(loop, "loop");
        this.buffers = requireNonNull(buffers, "buffers");
        this.families = requireNonNull(families, "families");
        this.onEnd = requireNonNull(onEnd, "onEnd");
    }

    int descriptor() {
        return descriptor;
    }

    boolean isOpen() {
        return open;
    }

    void onReady(int events) {
        try {
            if ((events & Linux.EPOLLOUT) != 0) {
                flush();
            }
            if (open && (events & (Linux.EPOLLIN | Linux.EPOLLHUP | Linux.EPOLLERR)) != 0) {
                read();
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void read() {
        SegmentBuffer input = buffers.input();
        int start = partial.length;
        input.putBytes(0, partial);
        long count =
                Linux.attempt(Linux.READ, descriptor, input.addressOffset() + start, input.capacity() - start, 0, 0);
        if (count == -Linux.EAGAIN) {
            return;
        }
        if (count <= 0) { // a peer that died resets the connection: the same as an end
            close();
            return;
        }
        int end = start + (int) count;
        int used = deliver(input, end);
        if (open) {
            partial = used == end ? buffers.nothing() : new byte[end - used];
            input.getBytes(used, partial);
        }
    }

    private int deliver(SegmentBuffer input, int end) {
        int position = 0;
        while (open && end - position >= StoreProtocol.HEADER_LENGTH) {
            long version = input.getLong(position);
            long type = input.getLong(position + StoreProtocol.TYPE_FIELD);
            long length = input.getLong(position + StoreProtocol.LENGTH_FIELD);
            check(version, type, length);
            if (end - position - StoreProtocol.HEADER_LENGTH < length) {
                break;
            }
            int body = position + StoreProtocol.HEADER_LENGTH;
            conversation.onMessage(type, input, body, (int) length);
            position = body + (int) length;
        }
        return position;
    }

    private void check(long version, long type, long length) {
        if (version != StoreProtocol.FRAME_VERSION) {
            throw new MalformedInputException("frame version=" + version + ", expected 0");
        }
        if (conversation == null) {
            conversation = families.stream()
                    .filter(candidate -> candidate.opensWith(type))
                    .findFirst()
                    .orElseThrow(() -> new MalformedInputException("message type=" + type + " cannot come first"))
                    .begin(this);
        }
        if (length < 0 || length > buffers.maxBody()) {
            throw new MalformedInputException(
                    "message type=" + type + " length=" + length + ", expected 0 to " + buffers.maxBody());
        }
    }

    /** The buffer a body is encoded into, from {@link StoreProtocol#HEADER_LENGTH} on; {@link #send} follows at once. */
    SegmentBuffer output() {
        return buffers.output();
    }

    /** Sends what was encoded into {@link #output()}. */
    void send(int type, int length) {
        SegmentBuffer output = buffers.output();
        StoreProtocol.putHeader(output, 0, type, length);
        send(output, StoreProtocol.HEADER_LENGTH + length);
    }

    private void send(SegmentBuffer frame, int length) {
        if (!open) {
            return;
        }
        int sent = 0;
        if (unsent.length == 0) {
            long count = Linux.attempt(Linux.WRITE, descriptor, frame.addressOffset(), length, 0, 0);
            if (count < 0 && count != -Linux.EAGAIN) {
                return; // the end is seen by the next read
            }
            sent = (int) Math.max(0, count);
        }
        if (sent < length) {
            keep(frame, sent, length - sent);
        }
    }

    private void keep(SegmentBuffer frame, int offset, int length) {
        int before = unsent.length;
        if (before + length > MAX_UNREAD) {
            loop.execute(this::close); // not in the middle of whatever sends
            return;
        }
        unsent = Arrays.copyOf(unsent, before + length);
        frame.getBytes(offset, unsent, before, length);
        if (before == 0) {
            interest(Linux.EPOLLIN | Linux.EPOLLOUT);
        }
    }

    private void flush() {
        MemorySegment scratch = buffers.output().segment();
        while (unsent.length > 0) {
            int chunk = (int) Math.min(unsent.length, scratch.byteSize());
            MemorySegment.copy(unsent, 0, scratch, ValueLayout.JAVA_BYTE, 0, chunk);
            long count = Linux.attempt(Linux.WRITE, descriptor, scratch.address(), chunk, 0, 0);
            if (count == -Linux.EAGAIN) {
                return;
            }
            if (count < 0) {
                close();
                return;
            }
            unsent = Arrays.copyOfRange(unsent, (int) count, unsent.length);
        }
        interest(Linux.EPOLLIN);
    }

    private void interest(int events) {
        try {
            loop.interest(descriptor, events);
        } catch (CallException e) {
            loop.execute(this::close);
        }
    }

    void close() {
        if (!open) {
            return;
        }
        open = false;
        loop.remove(descriptor);
        Linux.close(descriptor);
        onEnd.run();
        if (conversation != null) {
            conversation.onClosed();
        }
    }
}
