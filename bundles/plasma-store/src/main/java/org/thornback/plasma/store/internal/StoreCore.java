// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
import org.thornback.layout.StoreProtocol;

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

    private final int pid = (int) ProcessHandle.current().pid();
    private final long patienceNanos;
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
    private final Set<Client> clients = new HashSet<>();
    private final List<PinningClient> pinning = new ArrayList<>();
    private final Subscribers subscribers;
    private final PendingGets pendingGets;
    private final CreatesAtOnce createsAtOnce;
    private final Complaints complaints = new Complaints(LOG);
    private final Set<Connection> connections = new HashSet<>();
    private final Map<Long, RingClient> numbered = new HashMap<>();
    private final List<Conversation.Family> families = List.of(new RingFamily(this), new ArrowFamily(this));
    private StoreSocket socket;
    private long nextClient = 1;
    private boolean progress;
    private boolean drainDue;
    private long nextDrain;
    private long nextShortage = System.nanoTime();

    StoreCore(StoreConfig config, Executor helper) throws IOException {
        patienceNanos = config.patience().toNanos();
        indexRegion = SharedRegion.create("thornback-index", IndexDescriptor.LENGTH, Arena.ofShared());
        SegmentBuffer index = indexRegion.buffer();
        IndexWriter writer = new IndexWriter(index, pid);
        reader = new IndexReader(index);
        loop = new EventLoop(this, this::failed);
        memory = new StoreMemory(writer, config.capacity(), loop::execute, helper);
        table = new ObjectTable(new ObjectIndex(writer), memory, pinning, this);
        creates = new Creates(table, memory, patienceNanos);
        createsAtOnce = new CreatesAtOnce(table, memory);
        watches = new Watches(writer);
        pendingGets = new PendingGets(watches, this::drainRings);
        subscribers = new Subscribers(loop, buffers);
        rings = new Rings(table, creates, this::malformed);
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

    Allowance allowance() {
        return buffers.allowance();
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

    RingClient open(Connection connection) throws IOException {
        RingClient client = RingClient.open(nextClient++, connection);
        numbered.put(client.number(), client);
        rings.add(client);
        add(client);
        return client;
    }

    ArrowClient openArrow() {
        ArrowClient client = new ArrowClient(nextClient++);
        add(client);
        return client;
    }

    void add(Client client) {
        clients.add(client);
        if (client instanceof PinningClient pins) {
            pinning.add(pins);
        }
        table.tally().set(StoreCounter.CLIENTS, clients.size());
        LOG.debug("{} connected", client.name());
    }

    RingClient client(long number) {
        return numbered.get(number);
    }

    /** A client is gone: what it had put counts, what it was writing or pinning does not. */
    void end(RingClient client) {
        rings.drain(client);
        if (client.isStalled()) {
            LOG.warn("{} is gone and the store is full: its last small puts are lost", client.name());
        }
        rings.remove(client);
        numbered.remove(client.number());
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

    void remove(Client client) {
        client.gone();
        creates.drop(client);
        table.drop(client);
        clients.remove(client);
        if (client instanceof PinningClient pins) {
            pinning.remove(pins);
        }
        table.tally().set(StoreCounter.CLIENTS, clients.size());
        progress = true; // what it pinned may be free now
        LOG.debug("{} disconnected", client.name());
    }

    /** Takes what lies in the rings; while there is something it looks again a little later. */
    void drainRings() {
        drainDue = rings.drain() > 0 || drainDue;
        nextDrain = System.nanoTime() + DRAIN_NANOS;
    }

    void answerWhenDrained(RingClient client) {
        client.awaitDrain(System.nanoTime() + patienceNanos);
        answerDrained(client);
    }

    private void answerDrained(RingClient client) {
        boolean late = System.nanoTime() - client.drainDeadline() >= 0;
        if (!client.isStalled() || late) {
            client.drainAnswered();
            String sentence = client.isStalled()
                    ? "object store is full: used=" + memory.used() + " of object-store-memory=" + memory.capacity()
                            + " is held or in use; release references or raise it"
                    : "";
            byte[] text = sentence.getBytes(UTF_8);
            SegmentBuffer output = client.calls().output();
            int error = client.isStalled() ? StoreProtocol.STORE_FULL : StoreProtocol.OK;
            output.putInt(StoreProtocol.HEADER_LENGTH, error);
            output.putBytes(StoreProtocol.HEADER_LENGTH + Integer.BYTES, text);
            client.calls().send(StoreProtocol.DRAINED, Integer.BYTES + text.length);
        }
    }

    void abort(Client client, PlasmaId id) {
        StoredObject object = table.find(id);
        if (object != null && object.creator == client && object.state() == IndexDescriptor.CREATED) {
            table.abort(object);
        }
    }

    int delete(Collection<PlasmaId> ids) {
        drainRings();
        int count = 0;
        for (PlasmaId id : ids) {
            StoredObject object = table.find(id);
            if (object != null) {
                table.delete(object);
                count++;
            }
        }
        return count;
    }

    /** Tells the watcher of each object: now, or when it is sealed. */
    void watch(Collection<PlasmaId> ids, Watches.Watcher watcher) {
        drainRings();
        List<PlasmaId> missing = new ArrayList<>();
        for (PlasmaId id : ids) {
            if (table.isSealed(id)) {
                watcher.onSealed(id);
            } else {
                missing.add(id);
                watches.add(id, watcher);
            }
        }
        if (!missing.isEmpty()) {
            watches.publish();
            // INVARIANT: a put that did not see the new number is in its ring by now; one that comes later rings.
            drainRings();
        }
    }

    @Override
    public void sealed(StoredObject object) {
        watches.sealed(object.id);
        listeners.sealed(object);
        subscribers.sealed(object);
        progress |= !creates.isEmpty();
    }

    @Override
    public void deleted(StoredObject object, boolean evicted) {
        listeners.deleted(object, evicted);
        subscribers.deleted(object);
    }

    @Override
    public void progress() {
        progress = true;
    }

    @Override
    public long run() {
        table.reclaimWhenDue();
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
        for (RingClient client : numbered.values()) {
            if (client.isDrainAwaited()) {
                answerDrained(client);
            }
        }
        tellShortage();
        pendingGets.expire();
        return progress ? 0 : pause();
    }

    private void tellShortage() {
        if ((rings.hasStalled() || creates.isRoomAwaited()) && System.nanoTime() - nextShortage >= 0) {
            nextShortage = System.nanoTime() + SHORTAGE_NANOS;
            listeners.shortOfRoom();
        }
    }

    private long pause() {
        long pause = pendingGets.pause();
        if (rings.hasStalled() || table.hasLeaving() || !creates.isEmpty()) {
            pause = sooner(pause, RECHECK_MILLIS);
        }
        return drainDue ? sooner(pause, Math.max(1, (nextDrain - System.nanoTime()) / NANOS_PER_MILLI + 1)) : pause;
    }

    private static long sooner(long pause, long other) {
        return pause < 0 ? other : Math.min(pause, other);
    }

    /** Ends everything, as the last thing the conductor's thread does. */
    void end() throws IOException {
        if (socket != null) {
            socket.close();
        }
        for (Connection connection : List.copyOf(connections)) {
            connection.close();
        }
        subscribers.close();
        loop.dispose();
        memory.close();
        indexRegion.close();
        buffers.close();
    }
}
