// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.thornback.api.store.PlasmaId;
import org.thornback.api.store.SpillTarget;
import org.thornback.api.store.StoreCounter;

/**
 * Writes held objects out when there is no room, and brings them back when somebody wants them. The owner of the table of what
 * is out; owned by the conductor. Bytes are written and read on a thread of their own.
 *
 * <p>An object that is out exists: nobody can make another of its id, it can be deleted, it is listed. Nobody hears of its leaving
 * and coming.
 */
final class Spill {
    private static final long RETRY_NANOS = 1_000_000_000;

    private final ObjectTable table;
    private final Creates creates;
    private final Executor conductor;
    private final Executor writer;
    private final Consumer<StoredObject> stays;
    private final Consumer<String> trouble;
    private final Client restorer = new Client("spill") {
        @Override
        boolean keepsUnclaimed() {
            return false;
        }
    };
    private final Map<PlasmaId, SpilledObject> out = new HashMap<>();
    private final Set<PlasmaId> unwanted = new HashSet<>();
    private final Set<PlasmaId> restoring = new HashSet<>();
    private final Map<PlasmaId, List<Runnable>> awaited = new HashMap<>();
    private volatile SpillTarget target;
    private volatile SpillTarget evicted;
    private boolean writing;
    private volatile boolean ended;
    private long retryAt = System.nanoTime();
    private long bytes;

    /**
     * Creates it.
     *
     * @param conductor runs what follows from writing and reading.
     * @param writer    writes and reads.
     * @param stays     hears of an object that was to be written out and stays in memory.
     * @param trouble   hears a sentence about what went wrong.
     */
    Spill(
            ObjectTable table,
            Creates creates,
            Executor conductor,
            Executor writer,
            Consumer<StoredObject> stays,
            Consumer<String> trouble) {
        this.stays = requireNonNull(stays, "stays");
        this.table = requireNonNull(table, "table");
        this.creates = requireNonNull(creates, "creates");
        this.conductor = requireNonNull(conductor, "conductor");
        this.writer = requireNonNull(writer, "writer");
        this.trouble = requireNonNull(trouble, "trouble");
    }

    /**
     * Where objects go from the next one on. Safe from any thread.
     *
     * @param next       null for nowhere.
     * @param evictedToo whether evicted objects go there as well as held ones.
     */
    void target(SpillTarget next, boolean evictedToo) {
        target = next;
        evicted = evictedToo ? next : null;
    }

    /** Keeps an object that is about to be evicted. Returns false when nobody takes those. */
    boolean keep(StoredObject object) {
        SpillTarget to = evicted;
        if (to == null) {
            return false;
        }
        try {
            went(SpilledObject.of(object, to, to.write(object.segment.bytes(object))));
            return true;
        } catch (IOException | RuntimeException e) {
            trouble.accept("an evicted object cannot be kept: " + e.getMessage());
            return false;
        }
    }

    private void went(SpilledObject spilled) {
        out.put(spilled.id(), spilled);
        count(StoreCounter.SPILLED_TOTAL, StoreCounter.SPILLED_BYTES_TOTAL, spilled.length());
        size(spilled.length());
    }

    boolean has(PlasmaId id) {
        return out.containsKey(id);
    }

    Collection<SpilledObject> all() {
        return out.values();
    }

    /** Whether there are held objects that could be written out. */
    boolean canMakeRoom() {
        return target != null && table.hasHeld();
    }

    /** Begins to write held objects out, those that were used longest ago first, unless that is under way. */
    void makeRoom(long wanted) {
        SpillTarget to = target;
        if (to == null || writing || System.nanoTime() - retryAt < 0) {
            return;
        }
        List<StoredObject> chosen = table.heldLongestUnused(wanted);
        if (chosen.isEmpty()) {
            return;
        }
        writing = true;
        chosen.forEach(object -> object.moving = true);
        writer.execute(() -> write(chosen, to));
    }

    /** The store ends: what is being written or read is finished, no other object is begun. */
    void end() {
        ended = true;
    }

    private void write(List<StoredObject> chosen, SpillTarget to) {
        List<SpilledObject> written = new ArrayList<>();
        String failure = null;
        try {
            for (StoredObject object : chosen) {
                if (ended) {
                    return;
                }
                written.add(SpilledObject.of(object, to, to.write(object.segment.bytes(object))));
            }
        } catch (IOException | RuntimeException e) {
            failure = String.valueOf(e.getMessage());
        }
        String reason = failure;
        conductor.execute(() -> written(chosen, written, reason));
    }

    private void written(List<StoredObject> chosen, List<SpilledObject> written, String failure) {
        writing = false;
        chosen.forEach(object -> object.moving = false);
        Set<StoredObject> gone = table.takeOut(chosen.subList(0, written.size()));
        for (int i = 0; i < written.size(); i++) {
            SpilledObject spilled = written.get(i);
            if (gone.contains(chosen.get(i))) {
                went(spilled);
                if (chosen.get(i).deleteWhenUnused) {
                    unwanted.add(spilled.id());
                }
            } else {
                free(spilled);
            }
        }
        chosen.stream().filter(object -> !gone.contains(object)).forEach(stays);
        table.reclaimSoon();
        if (failure != null) {
            retryAt = System.nanoTime() + RETRY_NANOS;
            trouble.accept("held objects cannot be written out, the store stays full: " + failure);
        }
    }

    /** Brings an object back; whoever waits for it hears when it is sealed. Returns false when it is not out. */
    boolean restore(PlasmaId id) {
        SpilledObject spilled = out.get(id);
        if (spilled == null) {
            return false;
        }
        if (restoring.add(id)) {
            creates.requestBack(restorer, id, spilled.dataSize(), spilled.metadataSize(), new Room(spilled));
        }
        return true;
    }

    /**
     * As {@link #restore(PlasmaId)}, of an object that is out.
     *
     * @param done runs when it is back, or gone for ever.
     */
    void restore(PlasmaId id, Runnable done) {
        awaited.computeIfAbsent(id, key -> new ArrayList<>(1)).add(done);
        restore(id);
    }

    private void read(SpilledObject spilled, StoredObject object) {
        MemorySegment into = object.segment.bytes(object);
        writer.execute(() -> {
            if (ended) {
                return;
            }
            String failure = null;
            try {
                spilled.target().read(spilled.place(), into);
            } catch (IOException | RuntimeException e) {
                failure = String.valueOf(e.getMessage());
            }
            String reason = failure;
            conductor.execute(() -> read(spilled, object, reason));
        });
    }

    private void read(SpilledObject spilled, StoredObject object, String failure) {
        restoring.remove(spilled.id());
        object.deleteWhenUnused = unwanted.contains(spilled.id());
        forget(spilled);
        if (failure != null) {
            trouble.accept("object id=" + spilled.id() + " that was written out is lost: " + failure);
            table.abort(object);
            tell(spilled.id());
            return;
        }
        count(StoreCounter.RESTORED_TOTAL, StoreCounter.RESTORED_BYTES_TOTAL, spilled.length());
        table.restore(object, spilled);
        tell(spilled.id());
    }

    private void tell(PlasmaId id) {
        List<Runnable> actions = awaited.remove(id);
        if (actions != null) {
            actions.forEach(Runnable::run);
        }
    }

    /** An object that is out is to be deleted as soon as nobody holds it, also when it has come back by then. */
    void deleteWhenUnused(PlasmaId id) {
        if (has(id)) {
            unwanted.add(id);
        }
    }

    /** Gives an object up. Returns what it was, or null when it was not out. */
    SpilledObject drop(PlasmaId id) {
        SpilledObject spilled = out.get(id);
        if (spilled != null) {
            forget(spilled);
            tell(id);
        }
        return spilled;
    }

    private void forget(SpilledObject spilled) {
        if (out.remove(spilled.id(), spilled)) {
            unwanted.remove(spilled.id());
            size(-spilled.length());
            free(spilled);
        }
    }

    private void free(SpilledObject spilled) {
        writer.execute(() -> spilled.target().free(spilled.place(), spilled.length()));
    }

    private void size(long change) {
        bytes += change;
        table.tally().set(StoreCounter.SPILLED_OBJECTS, out.size());
        table.tally().set(StoreCounter.SPILLED_BYTES, bytes);
    }

    private void count(StoreCounter objects, StoreCounter lengths, long length) {
        table.tally().add(objects, 1);
        table.tally().add(lengths, length);
    }

    /** Room for an object that is to come back. */
    private final class Room implements CreateOutcome {
        private final SpilledObject spilled;

        private Room(SpilledObject spilled) {
            this.spilled = spilled;
        }

        @Override
        public void created(StoredObject object) {
            if (out.get(spilled.id()) == spilled) {
                read(spilled, object);
            } else { // it was deleted meanwhile
                restoring.remove(spilled.id());
                table.abort(object);
            }
        }

        @Override
        public void exists() {
            restoring.remove(spilled.id());
        }

        @Override
        public void full(String sentence) {
            restoring.remove(spilled.id());
            if (has(spilled.id())) {
                conductor.execute(() -> restore(spilled.id())); // somebody waits for it: as long as it takes
            }
        }
    }
}
