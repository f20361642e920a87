// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.plasma;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.thornback.api.store.PlasmaId;
import org.thornback.api.store.StoreGoneException;
import org.thornback.layout.RegionVersion;
import org.thornback.layout.SegmentBuffer;
import org.thornback.layout.StoreProtocol;

/**
 * The connection on which the store tells unasked: which of the ids somebody waits for were sealed, and that it ended.
 *
 * <p>One daemon thread reads it and runs the actions; any thread may add and remove them. When the store ends all actions run
 * once more, so that whoever waits looks for himself.
 */
final class StoreNotices implements AutoCloseable {
    private static final int CAPACITY = 64 << 10;
    private static final int IDS_AT_ONCE = 1000;
    private static final long WRITE_PAUSE_NANOS = 50_000;
    private static final int BODY = StoreProtocol.HEADER_LENGTH;

    private final SocketChannel channel;
    private final Selector selector;
    private final Map<PlasmaId, List<Runnable>> actions = new ConcurrentHashMap<>();
    private final Runnable onEnd;
    private final ByteBuffer incoming = ByteBuffer.allocateDirect(CAPACITY);
    private final SegmentBuffer incomingView = new SegmentBuffer(MemorySegment.ofBuffer(incoming));
    private final ByteBuffer outgoing = ByteBuffer.allocateDirect(CAPACITY);
    private final SegmentBuffer outgoingView = new SegmentBuffer(MemorySegment.ofBuffer(outgoing));
    private volatile boolean open = true;

    /** Attaches to a client the store knows and starts the thread. */
    StoreNotices(Path path, long client, Runnable onEnd) {
        this.onEnd = requireNonNull(onEnd, "onEnd");
        try {
            selector = Selector.open();
            channel = SocketChannel.open(UnixDomainSocketAddress.of(path));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            outgoingView.putInt(BODY, RegionVersion.CURRENT);
            outgoingView.putLong(BODY + StoreProtocol.CLIENT_FIELD, client);
            send(StoreProtocol.ATTACH, StoreProtocol.ATTACH_LENGTH);
        } catch (IOException e) {
            throw new StoreGoneException("no object store answers at socket=" + path + ": " + e.getMessage(), e);
        }
        Thread.ofPlatform().name("plasma-notices").daemon().start(this::listen);
    }

    /** Runs the action once each id is sealed, for each of them, on the thread of this connection. */
    void watch(Collection<PlasmaId> ids, Runnable action) {
        List<PlasmaId> unknown = new ArrayList<>();
        for (PlasmaId id : ids) {
            actions.compute(id, (key, known) -> {
                if (known == null) {
                    unknown.add(id);
                    return List.of(action);
                }
                List<Runnable> more = new ArrayList<>(known);
                more.add(action);
                return more;
            });
        }
        send(StoreProtocol.WATCH, unknown);
        if (!open) {
            runAll();
        }
    }

    void cancel(Collection<PlasmaId> ids, Runnable action) {
        List<PlasmaId> unwatched = new ArrayList<>();
        for (PlasmaId id : ids) {
            actions.computeIfPresent(id, (key, known) -> {
                List<Runnable> rest = new ArrayList<>(known);
                rest.remove(action);
                if (rest.isEmpty()) {
                    unwatched.add(id);
                }
                return rest.isEmpty() ? null : rest;
            });
        }
        send(StoreProtocol.UNWATCH, unwatched);
    }

    void cancel(PlasmaId id) {
        if (actions.remove(id) != null) {
            send(StoreProtocol.UNWATCH, List.of(id));
        }
    }

    private void send(int type, List<PlasmaId> ids) {
        for (int from = 0; from < ids.size() && open; from += IDS_AT_ONCE) {
            List<PlasmaId> some = ids.subList(from, Math.min(ids.size(), from + IDS_AT_ONCE));
            synchronized (outgoing) {
                int length = StoreCalls.ids(some).applyAsInt(outgoingView);
                try {
                    send(type, length);
                } catch (IOException e) {
                    close(); // the reading thread sees it and tells everybody
                }
            }
        }
    }

    private void send(int type, int length) throws IOException {
        StoreProtocol.putHeader(outgoingView, 0, type, length);
        outgoing.clear().limit(BODY + length);
        while (outgoing.hasRemaining()) {
            if (channel.write(outgoing) == 0) {
                LockSupport.parkNanos(WRITE_PAUSE_NANOS); // the store reads all the time: this hardly ever happens
            }
        }
    }

    private void listen() {
        try {
            while (open) {
                int count = channel.read(incoming);
                if (count < 0) {
                    break;
                }
                if (count == 0) {
                    selector.select();
                    selector.selectedKeys().clear();
                } else {
                    deliver();
                }
            }
        } catch (IOException | ClosedSelectorException e) {
            // The connection is broken or was closed: either way this is its end, told below.
        } finally {
            close();
            runAll();
            onEnd.run();
        }
    }

    private void deliver() throws IOException {
        int start = 0;
        int end = incoming.position();
        while (end - start >= BODY) {
            long length = incomingView.getLong(start + StoreProtocol.LENGTH_FIELD);
            if (length < 0 || length > CAPACITY - BODY) {
                throw new IOException("notice of length=" + length + " makes no sense");
            }
            if (end - start - BODY < length) {
                break;
            }
            if (incomingView.getLong(start + StoreProtocol.TYPE_FIELD) == StoreProtocol.SEALED_NOW) {
                int count = incomingView.getInt(start + BODY);
                for (int i = 0; i < count; i++) {
                    sealed(StoreProtocol.id(incomingView, StoreProtocol.idOffset(start + BODY, i)));
                }
            }
            start += BODY + (int) length;
        }
        incoming.limit(end).position(start);
        incoming.compact();
    }

    private void sealed(PlasmaId id) {
        List<Runnable> list = actions.remove(id);
        if (list != null) {
            list.forEach(StoreNotices::run);
        }
    }

    private void runAll() {
        for (PlasmaId id : List.copyOf(actions.keySet())) {
            sealed(id);
        }
    }

    private static void run(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            Thread current = Thread.currentThread();
            current.getUncaughtExceptionHandler().uncaughtException(current, e);
        }
    }

    @Override
    public void close() {
        open = false;
        try {
            selector.close();
            channel.close();
        } catch (IOException e) {
            throw new StoreGoneException("the connection to the object store could not be closed", e);
        }
    }
}
