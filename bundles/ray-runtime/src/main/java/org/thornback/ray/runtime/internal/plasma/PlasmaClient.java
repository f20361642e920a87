// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.plasma;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.thornback.api.ThornbackException;
import org.thornback.api.ThornbackException.Category;
import org.thornback.api.store.PlasmaId;
import org.thornback.api.store.StoreFullException;
import org.thornback.api.store.StoreGoneException;
import org.thornback.layout.IndexDescriptor;
import org.thornback.layout.IndexReader;
import org.thornback.layout.PinPage;
import org.thornback.layout.PinRegister;
import org.thornback.layout.RegionVersion;
import org.thornback.layout.SegmentBuffer;
import org.thornback.layout.SlotFlyweight;
import org.thornback.layout.StoreProtocol;

/**
 * This process's access to the node's object store.
 *
 * <ul>
 *   <li>Safe from any thread. Looking, reading and pinning are lock-free and make no call; small puts go through a ring, larger
 *       ones cost one call; calls of several threads wait for each other.
 *   <li>An interrupt neither breaks nor ends a call; the thread stays interrupted. {@link #awaitAll} and {@link #awaitAny} end.
 *   <li>When the store ends, calls that wait and calls to come fail with {@link StoreGoneException}; what is mapped can still be
 *       read.
 *   <li>Closing with views still in use closes for new calls only; the views stay valid and the connection ends with the last.
 * </ul>
 */
public final class PlasmaClient implements AutoCloseable {
    private static final Cleaner CLEANER = Cleaner.create();
    private static final int SMALLEST_MAPPED_VIEW = 64 << 10;
    private static final int BODY = StoreProtocol.HEADER_LENGTH;

    private final Path socket;
    private final StoreCalls calls;
    private final IndexReader index;
    private final PinRegister pins;
    private final PutRing ring;
    private final SegmentMaps maps;
    private final long number;
    private final List<Runnable> goneActions = new ArrayList<>();

    /** Everything that needs the connection: the client itself until it is closed, each view, each put under way. */
    private final AtomicInteger users = new AtomicInteger(1);

    private StoreNotices notices;
    private boolean gone;
    private volatile boolean closed;

    private record Opened(int pid, long number, int index, int pins, int ring, int ringLength) {}

    private PlasmaClient(Path socket) {
        this.socket = requireNonNull(socket, "socket");
        calls = new StoreCalls(socket);
        try {
            Opened opened = open();
            number = opened.number;
            SegmentBuffer indexRegion = map(opened.pid, opened.index, MapMode.READ_ONLY, IndexDescriptor.LENGTH);
            index = new IndexReader(indexRegion);
            maps = new SegmentMaps(index, opened.pid);
            SegmentBuffer page = map(opened.pid, opened.pins, MapMode.READ_WRITE, PinPage.LENGTH);
            pins = new PinRegister(index, new PinPage(page));
            ring = new PutRing(map(opened.pid, opened.ring, MapMode.READ_WRITE, opened.ringLength), index, calls);
        } catch (RuntimeException e) {
            calls.close();
            throw e;
        }
    }

    /**
     * Connects to a store.
     *
     * @param socket of the store.
     * @return an open client; fails with {@link StoreGoneException} when no store answers.
     */
    public static PlasmaClient connect(Path socket) {
        return new PlasmaClient(socket);
    }

    private Opened open() {
        return calls.call(
                StoreProtocol.OPEN,
                StoreProtocol.OPEN_LENGTH,
                body -> {
                    body.putInt(BODY, RegionVersion.CURRENT);
                    return StoreProtocol.OPEN_LENGTH;
                },
                StoreProtocol.OPENED,
                (answer, offset, length) -> {
                    RegionVersion.check(answer.getInt(offset), "the object store");
                    return new Opened(
                            answer.getInt(offset + StoreProtocol.OPENED_PID),
                            answer.getLong(offset + StoreProtocol.CLIENT_FIELD),
                            answer.getInt(offset + StoreProtocol.OPENED_INDEX),
                            answer.getInt(offset + StoreProtocol.OPENED_PINS),
                            answer.getInt(offset + StoreProtocol.OPENED_RING),
                            answer.getInt(offset + StoreProtocol.OPENED_RING_LENGTH));
                });
    }

    private static SegmentBuffer map(int pid, int descriptor, MapMode mode, long length) {
        try {
            return new SegmentBuffer(SegmentMaps.map(pid, descriptor, mode, 0, length, Arena.ofAuto()));
        } catch (IOException e) {
            throw new StoreGoneException(
                    "memory of the object store of pid=" + pid + " cannot be opened (" + e.getMessage()
                            + "): does it run as the same user and in the same container?",
                    e);
        }
    }

    /**
     * Puts an object: copies it once and seals it.
     *
     * @param id       its name.
     * @param metadata what kind of value it is.
     * @param body     parts of the data, put one after the other.
     * @return false when an object of that id is there already; nothing changes then.
     */
    public boolean put(PlasmaId id, byte[] metadata, MemorySegment... body) {
        long size = 0;
        for (MemorySegment part : body) {
            size = Math.addExact(size, part.byteSize());
        }
        enter();
        try {
            if (index.find(id) >= 0) {
                return false;
            }
            if (size + metadata.length <= PutRing.MAX_OBJECT) {
                ring.put(id, metadata, body, (int) size);
                return true;
            }
            return putLarge(id, metadata, body, size);
        } finally {
            leave();
        }
    }

    private boolean putLarge(PlasmaId id, byte[] metadata, MemorySegment[] body, long size) {
        Place place = create(id, size, metadata.length);
        if (place == null) {
            return false;
        }
        try {
            MemorySegment memory = maps.memory(place.segment);
            long position = place.offset;
            for (MemorySegment part : body) {
                MemorySegment.copy(part, 0, memory, position, part.byteSize());
                position += part.byteSize();
            }
            MemorySegment.copy(MemorySegment.ofArray(metadata), 0, memory, position, metadata.length);
        } catch (RuntimeException | Error e) {
            calls.tell(StoreProtocol.ABORT, id);
            throw e;
        }
        calls.tell(StoreProtocol.SEAL, id);
        return true;
    }

    private record Place(int segment, long offset) {}

    private Place create(PlasmaId id, long dataSize, int metadataSize) {
        return calls.call(
                StoreProtocol.CREATE,
                StoreProtocol.CREATE_LENGTH,
                body -> {
                    StoreProtocol.putId(body, BODY, id);
                    body.putInt(BODY + StoreProtocol.METADATA_SIZE_FIELD, metadataSize);
                    body.putLong(BODY + StoreProtocol.DATA_SIZE_FIELD, dataSize);
                    return StoreProtocol.CREATE_LENGTH;
                },
                StoreProtocol.CREATED,
                (answer, offset, length) -> switch (answer.getInt(offset)) {
                    case StoreProtocol.OK ->
                        new Place(
                                answer.getInt(offset + StoreProtocol.CREATED_SEGMENT),
                                answer.getLong(offset + StoreProtocol.CREATED_OFFSET));
                    case StoreProtocol.OBJECT_EXISTS -> null;
                    default -> {
                        int start = StoreProtocol.CREATED_LENGTH;
                        throw new StoreFullException(StoreCalls.text(answer, offset + start, length - start));
                    }
                });
    }

    /**
     * Looks for an object, without a call. Does not see what other processes put into their rings a moment ago: {@link #locate}
     * and {@link #whenSealed} do.
     *
     * @param id its name.
     * @return true when it is sealed here.
     */
    public boolean contains(PlasmaId id) {
        return index.find(id) >= 0;
    }

    /**
     * Pins an object, without a call; sees what {@link #contains} sees.
     *
     * @param id its name.
     * @return the object, to be closed or viewed; empty when it is not here.
     */
    public Optional<PinnedObject> tryGet(PlasmaId id) {
        enter();
        try {
            SlotFlyweight slot = new SlotFlyweight();
            int entry = pins.pin(id, slot);
            if (entry == PinRegister.EXHAUSTED) {
                throw new ThornbackException(
                        Category.RETRY,
                        "this process uses pins=" + PinPage.MAX_PINS
                                + " objects of the store at once, no more are possible: let go of some");
            }
            return entry == PinRegister.ABSENT ? Optional.empty() : Optional.of(new PinnedObject(this, entry, slot));
        } finally {
            leave();
        }
    }

    /**
     * Asks the store for an object: the certain answer, at the price of a call.
     *
     * @param id its name.
     * @return true when it is sealed here.
     */
    public boolean locate(PlasmaId id) {
        List<PlasmaId> ids = List.of(id);
        return contains(id)
                || calls.call(
                        StoreProtocol.LOCATE,
                        StoreProtocol.idsLength(1),
                        StoreCalls.ids(ids),
                        StoreProtocol.LOCATED,
                        (answer, offset, length) -> answer.getByte(offset) == 1);
    }

    /**
     * Runs an action once the object is sealed: now if it is, else on the client's notice thread. Runs it, too, when the store
     * ends: whoever is told looks for himself.
     *
     * @param id     its name.
     * @param action short, not blocking.
     */
    public void whenSealed(PlasmaId id, Runnable action) {
        if (contains(id)) {
            action.run();
        } else {
            notices().watch(List.of(id), action);
        }
    }

    /**
     * Forgets all actions for an object.
     *
     * @param id its name.
     */
    public void cancelWhenSealed(PlasmaId id) {
        notices().cancel(id);
    }

    /**
     * Waits until objects are sealed.
     *
     * @param ids     their names.
     * @param timeout longest wait.
     * @return true when all are here, false when the time was over.
     * @throws InterruptedException when the thread is interrupted.
     */
    public boolean awaitAll(Collection<PlasmaId> ids, Duration timeout) throws InterruptedException {
        Set<PlasmaId> wanted = new LinkedHashSet<>(ids);
        return awaitAny(wanted, wanted.size(), timeout).size() == wanted.size();
    }

    /**
     * Waits until some of several objects are sealed.
     *
     * @param ids     their names.
     * @param count   how many are enough.
     * @param timeout longest wait.
     * @return those that are here, maybe more than asked for, fewer when the time was over.
     * @throws InterruptedException when the thread is interrupted.
     */
    public Set<PlasmaId> awaitAny(Collection<PlasmaId> ids, int count, Duration timeout) throws InterruptedException {
        return new SealedWait(this, ids, count).await(timeout);
    }

    /**
     * Deletes objects. Sealed ones vanish at once; bytes that are pinned stay until they are not. One call.
     *
     * @param ids their names.
     * @return how many were there.
     */
    public int delete(Collection<PlasmaId> ids) {
        List<PlasmaId> all = List.copyOf(ids);
        int deleted = 0;
        for (int from = 0; from < all.size(); from += StoreProtocol.MAX_IDS) {
            List<PlasmaId> some = all.subList(from, Math.min(all.size(), from + StoreProtocol.MAX_IDS));
            deleted += calls.call(
                    StoreProtocol.DELETE,
                    StoreProtocol.idsLength(some.size()),
                    StoreCalls.ids(some),
                    StoreProtocol.DELETED,
                    (answer, offset, length) -> answer.getInt(offset));
        }
        return deleted;
    }

    /**
     * Runs an action when the connection to the store ends, now if it has; not when this side closes it.
     *
     * @param action short, not blocking.
     */
    public void whenGone(Runnable action) {
        boolean now;
        synchronized (goneActions) {
            now = gone;
            if (!gone) {
                goneActions.add(action);
            }
        }
        if (now) {
            action.run();
        } else {
            notices();
        }
    }

    /**
     * Tells whether calls can be made, as far as is known.
     *
     * @return false once closed or once the store was found gone.
     */
    public boolean isOpen() {
        return !closed && calls.isOpen();
    }

    StoreNotices notices() {
        synchronized (goneActions) {
            if (closed) {
                throw new IllegalStateException("the client of the object store is closed");
            }
            if (notices == null) {
                notices = new StoreNotices(socket, number, this::onEnd);
            }
            return notices;
        }
    }

    private void onEnd() {
        List<Runnable> actions;
        synchronized (goneActions) {
            if (gone || closed) {
                return;
            }
            gone = true;
            actions = List.copyOf(goneActions);
        }
        calls.close();
        actions.forEach(Runnable::run);
    }

    MemorySegment memory(int segment) {
        return maps.memory(segment);
    }

    void unpin(int entry) {
        pins.unpin(entry);
    }

    /** A view that holds the pin as long as it can be reached. */
    MemorySegment view(int entry, int segment, long offset, long size) {
        if (size >= SMALLEST_MAPPED_VIEW) {
            try {
                MemorySegment view = maps.view(segment, offset, size, Arena.ofAuto());
                users.incrementAndGet();
                CLEANER.register(view.scope(), () -> {
                    pins.unpin(entry);
                    leave();
                });
                return view.asReadOnly();
            } catch (IOException e) {
                // The process may map no more areas: a copy serves as well.
                return copy(entry, segment, offset, size);
            }
        }
        return copy(entry, segment, offset, size);
    }

    private MemorySegment copy(int entry, int segment, long offset, long size) {
        try {
            MemorySegment copy =
                    Arena.ofAuto().allocate(Math.max(1, size), Long.BYTES).asSlice(0, size);
            MemorySegment.copy(maps.memory(segment), offset, copy, 0, size);
            return copy.asReadOnly();
        } finally {
            pins.unpin(entry);
        }
    }

    private void enter() {
        users.incrementAndGet();
        if (closed) {
            leave();
            throw new IllegalStateException("the client of the object store is closed");
        }
    }

    private void leave() {
        if (users.decrementAndGet() == 0) {
            calls.close();
        }
    }

    /** Ends the client: no calls any more; the connection ends when the last view is out of reach. */
    @Override
    public void close() {
        synchronized (goneActions) {
            if (closed) {
                return;
            }
            closed = true;
            if (notices != null) {
                notices.close();
            }
        }
        leave();
    }
}
