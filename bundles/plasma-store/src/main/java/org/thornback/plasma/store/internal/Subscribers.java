// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.thornback.layout.arrow.ArrowWriter;

/**
 * Those of Arrow's clients who want to hear of every object, each through a descriptor it sent. None is ever waited for: what it
 * does not read is kept for it up to a limit, then it is dropped. Owned by the conductor.
 */
final class Subscribers {
    private static final int MAX_UNREAD = 16 << 20;

    private final EventLoop loop;
    private final FrameBuffers buffers;
    private final List<Subscriber> subscribers = new ArrayList<>();

    Subscribers(EventLoop loop, FrameBuffers buffers) {
        this.loop = requireNonNull(loop, "loop");
        this.buffers = requireNonNull(buffers, "buffers");
    }

    /**
     * Takes a descriptor over and tells of every object there is. Fails with {@link MalformedInputException} when nobody can be
     * told anything through it.
     *
     * @param present objects in memory.
     * @param out     those that are written out.
     */
    Subscriber add(int descriptor, Iterable<StoredObject> present, Iterable<SpilledObject> out) {
        Subscriber subscriber = new Subscriber(descriptor);
        try {
            loop.add(descriptor, 0, subscriber::onReady);
        } catch (CallException e) {
            Linux.close(descriptor);
            throw new MalformedInputException("nobody can be notified through the descriptor: " + e.getMessage(), e);
        }
        subscribers.add(subscriber);
        for (StoredObject object : present) {
            if (object.isSealed()) {
                write(object, false);
                subscriber.tell(Integer.MAX_VALUE);
            }
        }
        for (SpilledObject object : out) {
            write(object, false);
            subscriber.tell(Integer.MAX_VALUE);
        }
        return subscriber;
    }

    void sealed(StoredObject object) {
        tell(object, false);
    }

    void deleted(StoredObject object) {
        tell(object, true);
    }

    /** An object is gone that had been written out. */
    void deleted(SpilledObject object) {
        if (!subscribers.isEmpty()) {
            write(object, true);
            tellAll();
        }
    }

    private void tell(StoredObject object, boolean deletion) {
        if (!subscribers.isEmpty()) {
            write(object, deletion);
            tellAll();
        }
    }

    private void tellAll() {
        for (int i = 0; i < subscribers.size(); i++) {
            subscribers.get(i).tell(MAX_UNREAD);
        }
    }

    private void write(StoredObject object, boolean deletion) {
        ArrowWriter writer = buffers.arrow();
        writer.beginInfos();
        writer.info(
                object.id,
                object.dataSize,
                object.metadataSize,
                object.references,
                object.createdMillis,
                object.sealedMillis,
                object.digest,
                deletion);
        writer.endNotification();
    }

    private void write(SpilledObject object, boolean deletion) {
        ArrowWriter writer = buffers.arrow();
        writer.beginInfos();
        object.info(writer, 0, deletion);
        writer.endNotification();
    }

    /** One of them. */
    final class Subscriber {
        private final int descriptor;
        private final Outbox outbox = new Outbox(buffers, buffers.allowance().open(tooMuch -> endSoon()));
        private int interest;
        private boolean ending;
        private boolean open = true;

        private Subscriber(int descriptor) {
            this.descriptor = descriptor;
        }

        private void onReady(int events) {
            if ((events & (Linux.EPOLLHUP | Linux.EPOLLERR)) != 0) {
                close();
            } else if (open && (events & Linux.EPOLLOUT) != 0) {
                after(outbox.flush(descriptor));
            }
        }

        private void tell(int maxUnread) {
            if (open && !ending && outbox.length() <= maxUnread) {
                send();
            } else if (open) {
                endSoon();
            }
        }

        private void send() {
            try {
                after(outbox.send(
                        descriptor, buffers.arrow().address(), buffers.arrow().length()));
            } catch (MalformedInputException tooMuch) {
                endSoon();
            }
        }

        private void after(Outbox.State state) {
            if (state == Outbox.State.BROKEN) {
                endSoon();
                return;
            }
            int wanted = state == Outbox.State.WAITING ? Linux.EPOLLOUT : 0;
            if (wanted != interest) {
                interest = wanted;
                try {
                    loop.interest(descriptor, wanted);
                } catch (CallException e) {
                    endSoon();
                }
            }
        }

        /** Not while others are being told. */
        private void endSoon() {
            if (!ending) {
                ending = true;
                loop.execute(this::close);
            }
        }

        void close() {
            if (open) {
                open = false;
                subscribers.remove(this);
                loop.remove(descriptor);
                Linux.close(descriptor);
                outbox.close();
            }
        }
    }

    void close() {
        List.copyOf(subscribers).forEach(Subscriber::close);
    }
}
