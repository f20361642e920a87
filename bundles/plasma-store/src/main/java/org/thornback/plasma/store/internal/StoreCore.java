// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thornback.api.ThornbackException;
import org.thornback.api.store.PlasmaId;
import org.thornback.api.store.Segment;
import org.thornback.api.store.StoreCounter;
import org.thornback.layout.IndexDescriptor;
import org.thornback.layout.IndexReader;
import org.thornback.layout.IndexWriter;
import org.thornback.layout.SegmentBuffer;

/**
 * The store's state, joined: index, memory, objects, clients, what waits. All methods belong to the conductor's thread unless
 * they say otherwise; {@link PlasmaStore} brings other threads' wishes here.
 */
final class StoreCore implements ObjectEvents, EventLoop.Turn, Connection.Owner {
    private static final Logger LOG = LoggerFactory.getLogger("ray.plasma_store");
    private static final long RECHECK_MILLIS = 20;
    private static final long DRAIN_NANOS = 100_000_000;
    private static final long SHORTAGE_NANOS = 250_000_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    /** Part of the capacity that is written out at least once something must be. */
    private static final long SPILLED_PART = 32;

    private final int pid = (int) ProcessHandle.current().pid();
    private final SharedRegion indexRegion;
    private final IndexReader reader;
    private final EventLoop loop;
    private final FrameBuffers buffers = new FrameBuffers();
    private final StoreMemory memory;
    private final ObjectTable table;
    private final Creates creates;
    private final Watches watches;
    private final Rings rings;
    private final Listeners listeners = new Listeners();
    private final Clients clients = new Clients(this::counted);
    private final Migration migration;
    private final Spill spill;
    private final Inventory inventory;
    private final Drains drains;
    private final Subscribers subscribers;
    private final PendingGets pendingGets;
    private final CreatesAtOnce createsAtOnce;
    private final Complaints complaints = new Complaints(LOG);
    private final Set<Connection> connections = new HashSet<>();
    private final List<Conversation.Family> families = List.of(new RingFamily(this), new ArrowFamily(this));
    private StoreSocket socket;
    private boolean progress;
    private boolean shortOfRoom;
    private boolean drainDue;
    private long nextDrain;
    private long nextShortage = System.nanoTime();

    StoreCore(StoreConfig config, Executor helper, Executor mover) throws IOException {
        long patienceNanos = config.patience().toNanos();
        indexRegion = SharedRegion.create("thornback-index", IndexDescriptor.LENGTH, Arena.ofShared());
        SegmentBuffer index = indexRegion.buffer();
        IndexWriter writer = new IndexWriter(index, pid);
        reader = new IndexReader(index);
        loop = new EventLoop(this, this::failed);
        memory = new StoreMemory(writer, config.capacity(), loop::execute, helper);
        ObjectIndex objects = new ObjectIndex(writer);
        table = new ObjectTable(objects, memory, clients.pinning(), this);
        migration = new Migration(objects, table, memory, loop::execute, mover, LOG::warn);
        creates = new Creates(table, memory, this::isOut, patienceNanos);
        spill = new Spill(table, creates, loop::execute, mover, migration::stays, LOG::warn);
        watches = new Watches(writer);
        inventory = new Inventory(table, creates, spill, watches, this::deleted, this::drainRings);
        createsAtOnce = new CreatesAtOnce(
                table,
                memory,
                creates,
                inventory::isKnown,
                () -> table.hasLeaving() || spill.canMakeRoom(),
                () -> shortOfRoom = true);
        drains = new Drains(memory, clients, patienceNanos);
        pendingGets = new PendingGets(watches, this::drainRings);
        subscribers = new Subscribers(loop, buffers);
        rings = new Rings(table, creates, inventory::isKnown, this::malformed);
    }

    EventLoop loop() {
        return loop;
    }

    /** Reads what is shared; safe from any thread. */
    IndexReader reader() {
        return reader;
    }

    ObjectTable table() {
        return table;
    }

    StoreMemory memory() {
        return memory;
    }

    Creates creates() {
        return creates;
    }

    CreatesAtOnce createsAtOnce() {
        return createsAtOnce;
    }

    PendingGets pendingGets() {
        return pendingGets;
    }

    Subscribers subscribers() {
        return subscribers;
    }

    Watches watches() {
        return watches;
    }

    Rings rings() {
        return rings;
    }

    Listeners listeners() {
        return listeners;
    }

    int pid() {
        return pid;
    }

    int indexDescriptor() {
        return indexRegion.descriptor();
    }

    /** Takes in memory and opens the socket: the store works from here on. */
    void begin(Segment segment, StoreConfig config) throws IOException {
        memory.adopt(segment);
        socket = new StoreSocket(config.socket(), loop, this::accepted);
    }

    /**
     * Takes in other memory: new objects go there at once, what is here follows. What is too much for it is evicted or written
     * out, as soon as nobody uses it.
     */
    void change(Segment segment, long capacity) throws IOException {
        memory.adopt(segment);
        memory.capacity(capacity);
        migration.begin();
    }

    Clients clients() {
        return clients;
    }

    private boolean isOut(PlasmaId id) {
        return spill.has(id);
    }

    private void counted(int count) {
        table.tally().set(StoreCounter.CLIENTS, count);
    }

    private void accepted(int descriptor) {
        Connection connection = new Connection(descriptor, loop, buffers, families, this);
        try {
            loop.add(descriptor, Linux.EPOLLIN, connection::onReady);
            connections.add(connection);
        } catch (CallException e) {
            Linux.close(descriptor);
            failed(e);
        }
    }

    @Override
    public void ended(Connection connection) {
        connections.remove(connection);
    }

    @Override
    public void malformed(ThornbackException reason) {
        table.tally().add(StoreCounter.PROTOCOL_ERRORS_TOTAL, 1);
        complaints.add("connection", reason);
    }

    private void malformed(RingClient client, MalformedInputException e) {
        table.tally().add(StoreCounter.PROTOCOL_ERRORS_TOTAL, 1);
        complaints.add(client.name(), e);
        loop.execute(client.calls()::close);
    }

    private void failed(Throwable e) {
        table.tally().add(StoreCounter.CONDUCTOR_ERRORS_TOTAL, 1);
        LOG.error("the store's conductor goes on after an error", e);
    }

    /** A client is gone: what it had put counts, what it was writing or pinning does not. */
    void end(RingClient client) {
        rings.drain(client);
        if (client.isStalled()) {
            LOG.warn("{} is gone and the store is full: its last small puts are lost", client.name());
        }
        rings.remove(client);
        remove(client);
        if (client.notices() != null) {
            client.notices().close();
        }
        client.closeRegions();
    }

    /** One of Arrow's clients is gone, and with it what it used and what it was writing. */
    void end(ArrowClient client) {
        client.used().forEach(table::dereference);
        client.used().clear();
        remove(client);
    }

    private void remove(Client client) {
        client.gone();
        creates.drop(client);
        table.drop(client);
        clients.remove(client);
        progress = true; // what it pinned may be free now
    }

    /** Takes what lies in the rings; while there is something it looks again a little later. */
    void drainRings() {
        drainDue = rings.drain() > 0 || drainDue;
        nextDrain = System.nanoTime() + DRAIN_NANOS;
    }

    void abort(Client client, PlasmaId id) {
        StoredObject object = table.find(id);
        if (object != null && object.creator == client && object.state() == IndexDescriptor.CREATED) {
            table.abort(object);
        }
    }

    Inventory inventory() {
        return inventory;
    }

    Drains drains() {
        return drains;
    }

    Spill spill() {
        return spill;
    }

    @Override
    public void sealed(StoredObject object) {
        watches.sealed(object.id);
        if (!object.restored) {
            listeners.sealed(object);
            subscribers.sealed(object);
        }
        migration.stays(object);
        progress |= !creates.isEmpty();
    }

    @Override
    public void deleted(StoredObject object, boolean evicted) {
        listeners.deleted(object.id, evicted);
        subscribers.deleted(object);
    }

    @Override
    public boolean isKept(StoredObject object) {
        return spill.keep(object);
    }

    private void deleted(SpilledObject object, boolean evicted) {
        listeners.deleted(object.id(), evicted);
        subscribers.deleted(object);
    }

    @Override
    public void progress() {
        progress = true;
    }

    @Override
    public long run() {
        table.reclaimWhenDue();
        migration.advance();
        if (rings.hasStalled()) {
            rings.drain();
        } else if (drainDue && System.nanoTime() - nextDrain >= 0) {
            drainDue = false;
            drainRings();
        }
        if (progress || !creates.isEmpty()) {
            progress = false;
            creates.retry();
        }
        drains.answer();
        if (memory.excess() > 0) {
            table.evict(memory.excess());
        }
        makeRoom();
        tellShortage();
        pendingGets.expire();
        return progress ? 0 : pause();
    }

    /** Held objects go to the disk for those who wait for room; who does not wait finds some when he comes again. */
    private void makeRoom() {
        long wanted = Math.max(creates.roomAwaited(), rings.hasStalled() || shortOfRoom ? 1 : 0);
        if (wanted > 0) {
            spill.makeRoom(Math.max(wanted, memory.capacity() / SPILLED_PART));
        } else if (memory.excess() > 0) {
            spill.makeRoom(memory.excess());
        }
    }

    private void tellShortage() {
        if ((shortOfRoom || rings.hasStalled() || creates.isRoomAwaited()) && System.nanoTime() - nextShortage >= 0) {
            nextShortage = System.nanoTime() + SHORTAGE_NANOS;
            shortOfRoom = false;
            listeners.shortOfRoom();
        }
    }

    private long pause() {
        long pause = sooner(pendingGets.pause(), migration.pause());
        if (rings.hasStalled() || table.hasLeaving() || !creates.isEmpty() || memory.excess() > 0) {
            pause = sooner(pause, RECHECK_MILLIS);
        }
        return drainDue ? sooner(pause, Math.max(1, (nextDrain - System.nanoTime()) / NANOS_PER_MILLI + 1)) : pause;
    }

    private static long sooner(long pause, long other) {
        if (pause < 0 || other < 0) {
            return Math.max(pause, other);
        }
        return Math.min(pause, other);
    }

    /** Ends what has to do with clients, after which nobody asks for anything; what helpers do meanwhile goes on. */
    void leaveClients() throws IOException {
        spill.end();
        if (socket != null) {
            socket.close();
        }
        for (Connection connection : List.copyOf(connections)) {
            connection.close();
        }
        subscribers.close();
        loop.dispose();
    }

    /** Ends the rest, as the last thing the conductor's thread does: nobody touches the memory any more. */
    void end() {
        memory.close();
        indexRegion.close();
        buffers.close();
    }
}
