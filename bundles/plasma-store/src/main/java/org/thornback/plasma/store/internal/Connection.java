// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.thornback.api.ThornbackException;
import org.thornback.api.store.StoreGoneException;
import org.thornback.layout.SegmentBuffer;
import org.thornback.layout.StoreProtocol;
import org.thornback.layout.arrow.ArrowWriter;
import org.thornback.layout.arrow.FlatTableException;

/**
 * One connection of a client: cuts its bytes into frames, and sends answers without ever waiting for the other side. Owned by
 * the conductor.
 *
 * <p>A side that does not read its answers is not read from either, so it can make the store keep little more than one answer.
 */
final class Connection {
    /** What the store says unasked may add up to this much unread before the connection is dropped. */
    private static final int MAX_UNREAD = 16 << 20;

    /** Bytes of a frame whose length is known that are made room for before any has come. */
    private static final int FIRST_ROOM = 64 << 10;

    private final int descriptor;
    private final EventLoop loop;
    private final FrameBuffers buffers;
    private final List<Conversation.Family> families;
    private final Owner owner;
    private final Allowance.Account account;
    private final HeldBytes held;
    private final Outbox outbox;
    private final Runnable resume = this::resume;
    private Conversation.Family family;
    private Conversation conversation;
    private int enclosed = FrameBuffers.NONE;
    private int interest = Linux.EPOLLIN;
    private boolean descriptorExpected;
    private boolean paused;
    private boolean again;
    private boolean delivering;
    private boolean failing;
    private boolean open = true;

    /** Hears what becomes of a connection. */
    interface Owner {
        /** Its bytes made no sense; it has been closed. */
        void malformed(ThornbackException reason);

        void ended(Connection connection);
    }

    Connection(int descriptor, EventLoop loop, FrameBuffers buffers, List<Conversation.Family> families, Owner owner) {
        this.descriptor = descriptor;
        this.loop = requireNonNull(loop, "loop");
        this.buffers = requireNonNull(buffers, "buffers");
        this.families = requireNonNull(families, "families");
        this.owner = requireNonNull(owner, "owner");
        account = buffers.allowance().open(this::failSoon);
        held = new HeldBytes(account);
        outbox = new Outbox(buffers, account);
    }

    boolean isOpen() {
        return open;
    }

    void onReady(int events) {
        try {
            if (open && (events & Linux.EPOLLOUT) != 0) {
                flush();
            }
            if (open && (events & (Linux.EPOLLIN | Linux.EPOLLHUP | Linux.EPOLLERR)) != 0) {
                onInput((events & (Linux.EPOLLHUP | Linux.EPOLLERR)) != 0);
            }
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    /** What it makes the store keep. */
    Allowance.Account account() {
        return account;
    }

    private void failSoon(MalformedInputException reason) {
        failing = true;
        loop.execute(() -> {
            if (open) {
                fail(reason);
            }
        });
    }

    private void fail(RuntimeException reason) {
        close();
        if (reason instanceof MalformedInputException
                || reason instanceof FlatTableException
                || reason instanceof StoreGoneException) {
            owner.malformed((ThornbackException) reason);
        } else {
            throw reason;
        }
    }

    private void onInput(boolean hungUp) {
        if (!isWaiting()) {
            read();
        } else if (hungUp) {
            close(); // whoever is gone does not wait for an answer
        } else {
            interest(interest & ~Linux.EPOLLIN);
        }
    }

    /** Nothing more is read while an answer is being made, or is not yet read by the other side. */
    private boolean isWaiting() {
        return paused || !outbox.isEmpty();
    }

    private void read() {
        if (held.isEmpty()) {
            SegmentBuffer input = buffers.input();
            int count = receive(input.addressOffset(), input.capacity());
            int used = count == 0 ? 0 : deliver(input, 0, count);
            if (open && used < count) {
                held.append(input.segment(), used, count - used);
            }
        } else {
            held.reserve(wanted());
            int count = receive(held.endAddress(), held.room());
            held.added(count);
            if (count > 0) {
                deliverHeld();
            }
        }
    }

    /** How much to make room for: never more than twice what has really come, whatever a frame says of its length. */
    private int wanted() {
        int length = held.length();
        if (length < StoreProtocol.HEADER_LENGTH) {
            return StoreProtocol.HEADER_LENGTH - length;
        }
        long frame = StoreProtocol.HEADER_LENGTH + held.buffer().getLong(held.start() + StoreProtocol.LENGTH_FIELD);
        return Math.clamp(frame - length, 1, Math.max(FIRST_ROOM, length));
    }

    private int receive(long address, int length) {
        long count = buffers.receive(descriptor, address, length);
        if (count == -Linux.EAGAIN) {
            return 0;
        }
        if (count <= 0) { // a peer that died resets the connection: the same as an end
            close();
            return 0;
        }
        int received = buffers.received();
        if (received != FrameBuffers.NONE) {
            enclose(received);
        }
        return (int) count;
    }

    private void enclose(int received) {
        if (received < 0 || enclosed != FrameBuffers.NONE) {
            if (received >= 0) {
                Linux.close(received);
            }
            throw new MalformedInputException("more descriptors came than one");
        }
        enclosed = received;
    }

    private void deliverHeld() {
        int used = deliver(held.buffer(), held.start(), held.end()) - held.start();
        if (open) {
            held.consumed(used);
        }
    }

    private int deliver(SegmentBuffer input, int start, int end) {
        delivering = true;
        try {
            int position = start;
            int next = deliverNext(input, position, end);
            while (next > position) {
                position = next;
                next = open && !isWaiting() ? deliverNext(input, position, end) : position;
            }
            if (enclosed != FrameBuffers.NONE && open && position == end && !descriptorExpected) {
                throw new MalformedInputException("a descriptor came that nobody expected");
            }
            return position;
        } finally {
            delivering = false;
            if (!open) {
                held.close();
            }
        }
    }

    /** Returns where the next frame begins: where it began before when none is complete. */
    private int deliverNext(SegmentBuffer input, int position, int end) {
        if (descriptorExpected && position < end) {
            takeDescriptor();
            return position + 1;
        }
        if (end - position < StoreProtocol.HEADER_LENGTH) {
            return position;
        }
        long version = input.getLong(position);
        long type = input.getLong(position + StoreProtocol.TYPE_FIELD);
        long length = input.getLong(position + StoreProtocol.LENGTH_FIELD);
        check(version, type, length);
        int body = position + StoreProtocol.HEADER_LENGTH;
        if (end - body < length) {
            return position;
        }
        conversation.onMessage(type, input, body, (int) length);
        if (again) {
            again = false;
            return position;
        }
        return body + (int) length;
    }

    private void takeDescriptor() {
        descriptorExpected = false;
        int taken = enclosed;
        enclosed = FrameBuffers.NONE;
        if (taken == FrameBuffers.NONE) {
            throw new MalformedInputException("a descriptor was to come with this byte");
        }
        conversation.onDescriptor(taken);
    }

    private void check(long version, long type, long length) {
        if (version != StoreProtocol.FRAME_VERSION) {
            throw new MalformedInputException("frame version=" + version + ", expected 0");
        }
        if (conversation == null) {
            begin(type);
        }
        if (length < 0 || length > family.maxBody()) {
            throw new MalformedInputException(
                    "message type=" + type + " length=" + length + ", expected 0 to " + family.maxBody());
        }
    }

    private void begin(long type) {
        for (Conversation.Family candidate : families) {
            if (candidate.opensWith(type)) {
                family = candidate;
                conversation = candidate.begin(this);
                return;
            }
        }
        throw new MalformedInputException("message type=" + type + " cannot come first");
    }

    /** The next byte of the other side carries a descriptor. */
    void expectDescriptor() {
        descriptorExpected = true;
    }

    /** The answer to the message being dealt with comes later; no other is dealt with until {@link #resumeSoon}. */
    void pause() {
        paused = true;
    }

    /** As {@link #pause}, but then the same message is to be dealt with again. */
    void pauseBefore() {
        paused = true;
        again = true;
    }

    /** Goes on after {@link #pause}, as soon as the conductor is not in the middle of something. */
    void resumeSoon() {
        if (paused) {
            loop.execute(resume);
        }
    }

    private void resume() {
        paused = false;
        try {
            goOn();
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private void goOn() {
        if (open && !isWaiting() && !delivering && !held.isEmpty()) {
            deliverHeld();
        }
        if (open && !isWaiting()) {
            interest(interest | Linux.EPOLLIN);
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
        send(output.addressOffset(), StoreProtocol.HEADER_LENGTH + length);
    }

    /** Where messages of Arrow's family are written; {@link #sendWritten} follows at once. */
    ArrowWriter writer() {
        return buffers.arrow();
    }

    /** Sends what was written into {@link #writer()}. */
    void sendWritten() {
        send(buffers.arrow().address(), buffers.arrow().length());
    }

    private void send(long address, int length) {
        if (open && !failing && outbox.length() <= MAX_UNREAD) {
            try {
                after(outbox.send(descriptor, address, length));
            } catch (MalformedInputException e) { // its own, whoever makes the store say something
                failSoon(e);
            }
        } else if (open) {
            loop.execute(this::close); // not in the middle of whatever sends
        }
    }

    /** Sends the descriptor of a segment behind what was sent before. */
    void sendDescriptor(StoreSegment segment) {
        if (open && !failing) {
            try {
                after(outbox.sendDescriptor(descriptor, segment));
            } catch (MalformedInputException e) {
                failSoon(e);
            }
        }
    }

    private void flush() {
        after(outbox.flush(descriptor));
        if (open && outbox.isEmpty()) {
            goOn();
        }
    }

    private void after(Outbox.State state) {
        switch (state) {
            case EMPTY -> {
                if ((interest & Linux.EPOLLOUT) != 0) {
                    interest(interest & ~Linux.EPOLLOUT);
                }
            }
            case WAITING -> interest(interest | Linux.EPOLLOUT);
            case BROKEN -> loop.execute(this::close);
        }
    }

    private void interest(int events) {
        if (events == interest) {
            return;
        }
        interest = events;
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
        if (enclosed >= 0) {
            Linux.close(enclosed);
        }
        outbox.close();
        if (!delivering) {
            held.close();
        }
        owner.ended(this);
        if (conversation != null) {
            conversation.onClosed();
        }
    }
}
