// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.thornback.api.store.PlasmaId;
import org.thornback.api.store.ReadableObject;
import org.thornback.layout.IndexDescriptor;
import org.thornback.layout.IndexReader;
import org.thornback.layout.IndexWriter;
import org.thornback.layout.PinPage;
import org.thornback.layout.RegionVersion;
import org.thornback.plasma.shm.internal.ShmBackend;

/** A table in real memory beside what it ought to be, in plain collections. */
final class TableModel implements AutoCloseable {
    private final SharedRegion indexRegion;
    private final SharedRegion otherPins;
    private final ObjectTable table;
    private final Creates creates;
    final StoreMemory memory;
    final LocalClient local;
    PinningClient other;

    private final Map<Integer, Entry> entries = new HashMap<>();
    private final Map<Integer, Set<String>> holds = new HashMap<>();
    private final LinkedHashSet<Integer> evictable = new LinkedHashSet<>();
    private final List<Integer> accesses = new ArrayList<>();
    private final List<Pin> pins = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();
    private final List<PinningClient> clients = new ArrayList<>();

    private static final class Entry {
        final int key;
        final int size;
        final byte fill;
        Client creator;
        boolean sealed;
        boolean doomed;
        boolean gone;

        Entry(int key, int size, byte fill, Client creator) {
            this.key = key;
            this.size = size;
            this.fill = fill;
            this.creator = creator;
        }

        long length() {
            return StoreSegment.blockLength(size, 0);
        }
    }

    private record Pin(Entry entry, ReadableObject object) {}

    TableModel(long capacity) throws IOException {
        indexRegion = SharedRegion.create("index", IndexDescriptor.LENGTH, Arena.ofConfined());
        IndexWriter writer = new IndexWriter(indexRegion.buffer(), 1);
        memory = new StoreMemory(writer, capacity, Runnable::run, Runnable::run);
        memory.adopt(new ShmBackend(new LinuxMemoryFiles(), Optional.empty()).allocate(capacity, capacity));
        local = LocalClient.open(new IndexReader(indexRegion.buffer()));
        otherPins = SharedRegion.create("pins", PinPage.LENGTH, Arena.ofConfined());
        RegionVersion.write(otherPins.buffer());
        clients.add(local);
        newOther();
        table = new ObjectTable(new ObjectIndex(writer), memory, clients, new Heard());
        creates = new Creates(table, memory, id -> false, 0);
    }

    private void newOther() {
        clients.remove(other);
        other = new PinningClient("other", new PinPage(otherPins.buffer()));
        clients.add(other);
    }

    private final class Heard implements ObjectEvents {
        @Override
        public void sealed(StoredObject object) {
            heard.add("sealed " + object.id.first());
        }

        @Override
        public void deleted(StoredObject object, boolean evicted) {
            if (evicted) {
                evicted((int) object.id.first());
            } else {
                heard.add("deleted " + object.id.first());
            }
        }

        @Override
        public void progress() {
            // what waits is not part of this model
        }
    }

    private void evicted(int key) {
        int oldest = evictable.stream()
                .filter(candidate -> !isPinned(entries.get(candidate)))
                .findFirst()
                .orElseThrow();
        assertThat(key).as("evicted, expected the oldest of %s", evictable).isEqualTo(oldest);
        evictable.remove(key);
        entries.remove(key).gone = true;
    }

    private boolean isPinned(Entry entry) {
        return pins.stream().anyMatch(pin -> pin.entry == entry);
    }

    private long evictableBytes() {
        return evictable.stream()
                .map(entries::get)
                .filter(entry -> !isPinned(entry))
                .mapToLong(Entry::length)
                .sum();
    }

    void create(int key, int size, Client client) {
        if (entries.containsKey(key)) {
            return;
        }
        long roomForSure = memory.capacity() - memory.used() + evictableBytes();
        StoredObject object = creates.createNow(client, TestClient.id(key), size, 0);
        if (object == null) {
            assertThat(evictableBytes())
                    .as("bytes evictable although a create failed")
                    .isZero();
            return;
        }
        assertThat(object.length).isLessThanOrEqualTo(roomForSure);
        Entry entry = new Entry(key, size, (byte) (key * 31 + size), client);
        entries.put(key, entry);
        object.segment.data(object).fill(entry.fill);
    }

    void seal(int key) {
        Entry entry = entries.get(key);
        if (entry == null || entry.sealed) {
            return;
        }
        table.seal(table.find(TestClient.id(key)));
        assertThat(heard.removeFirst()).isEqualTo("sealed " + key);
        entry.sealed = true;
        if (isHeld(key)) {
            entry.creator = null;
        } else if (entry.creator == local) {
            entry.creator = null;
            evictable.add(key);
        }
        if (entry.doomed) {
            deleted(key);
        }
    }

    void abort(int key) {
        Entry entry = entries.get(key);
        if (entry != null && !entry.sealed) {
            table.abort(table.find(TestClient.id(key)));
            entries.remove(key);
        }
    }

    void delete(int key) {
        Entry entry = entries.get(key);
        if (entry == null) {
            return;
        }
        table.delete(table.find(TestClient.id(key)));
        holds.remove(key);
        if (entry.sealed) {
            deleted(key);
        } else {
            entry.doomed = true;
        }
    }

    private void deleted(int key) {
        assertThat(heard.removeFirst()).isEqualTo("deleted " + key);
        holds.remove(key);
        evictable.remove(key);
        entries.remove(key).gone = true;
    }

    private boolean isHeld(int key) {
        return holds.containsKey(key);
    }

    void hold(int key, String holder) {
        table.hold(TestClient.id(key), holder);
        holds.computeIfAbsent(key, id -> new HashSet<>()).add(holder);
        Entry entry = entries.get(key);
        if (entry != null && entry.sealed) {
            evictable.remove(key);
            entry.creator = null;
        }
    }

    void release(int key, String holder) {
        table.release(TestClient.id(key), holder);
        Set<String> holders = holds.get(key);
        if (holders == null || !holders.remove(holder) || !holders.isEmpty()) {
            return;
        }
        holds.remove(key);
        Entry entry = entries.get(key);
        if (entry != null && entry.sealed) {
            evictable.add(key);
        }
    }

    void releaseAll(String holder) {
        List<Integer> keys = holds.entrySet().stream()
                .filter(hold -> hold.getValue().contains(holder))
                .map(Map.Entry::getKey)
                .toList();
        // The order in which several become evictable is nobody's promise: one at a time keeps the model exact.
        if (keys.size() == 1) {
            table.heldBy(holder).forEach(id -> table.release(id, holder));
            Set<String> holders = holds.get(keys.getFirst());
            holders.remove(holder);
            if (holders.isEmpty()) {
                holds.remove(keys.getFirst());
                Entry entry = entries.get(keys.getFirst());
                if (entry != null && entry.sealed) {
                    evictable.add(keys.getFirst());
                }
            }
        } else {
            keys.forEach(key -> release(key, holder));
        }
    }

    void pin(int key) {
        Entry entry = entries.get(key);
        Optional<ReadableObject> object =
                local.get(TestClient.id(key), number -> memory.current().memory());
        assertThat(object.isPresent()).isEqualTo(entry != null && entry.sealed);
        object.ifPresent(pinned -> {
            pins.add(new Pin(entry, pinned));
            accesses.add(key);
        });
    }

    void unpin(int number) {
        if (!pins.isEmpty()) {
            pins.remove(number % pins.size()).object.close();
        }
    }

    void evict(long wanted) {
        long possible = evictableBytes();
        long freed = table.evict(wanted);
        assertThat(freed).isGreaterThanOrEqualTo(Math.min(wanted, possible));
    }

    /** The client that keeps what it sealed until somebody holds it has died. */
    void endOther() {
        table.drop(other);
        List<Integer> unclaimed = new ArrayList<>();
        for (Entry entry : List.copyOf(entries.values())) {
            if (entry.creator == other && entry.sealed) {
                unclaimed.add(entry.key);
            } else if (entry.creator == other) {
                entries.remove(entry.key);
            }
        }
        newOther();
        // In which order they become evictable is nobody's promise; taken from the table.
        unclaimed.forEach(key -> entries.get(key).creator = null);
        table.all().forEach(object -> {
            int key = (int) object.id.first();
            if (unclaimed.contains(key) && object.isSealed()) {
                evictable.remove(key);
            }
        });
        adoptOrder(unclaimed);
    }

    private void adoptOrder(List<Integer> keys) {
        List<StoredObject> order = new ArrayList<>();
        keys.forEach(key -> order.add(table.find(TestClient.id(key))));
        order.sort((one, another) -> isBefore(one, another) ? -1 : 1);
        order.forEach(object -> evictable.add((int) object.id.first()));
    }

    private static boolean isBefore(StoredObject one, StoredObject another) {
        for (StoredObject next = one; next != null; next = next.newer) {
            if (next == another) {
                return true;
            }
        }
        return false;
    }

    void check() {
        table.evict(0); // takes note of what was used, evicts nothing
        accesses.forEach(key -> {
            if (evictable.remove(key)) {
                evictable.add(key);
            }
        });
        accesses.clear();
        table.reclaim();
        assertThat(heard).isEmpty();
        Set<Entry> here = new HashSet<>(entries.values());
        pins.forEach(pin -> here.add(pin.entry));
        assertThat(memory.used())
                .isEqualTo(here.stream().mapToLong(Entry::length).sum());
        IntStream.range(0, 8).forEach(this::check);
        pins.forEach(pin -> checkBytes(pin.object.data(), pin.entry));
    }

    private void check(int key) {
        PlasmaId id = TestClient.id(key);
        Entry entry = entries.get(key);
        StoredObject object = table.find(id);
        assertThat(object != null).isEqualTo(entry != null);
        assertThat(table.isSealed(id)).isEqualTo(entry != null && entry.sealed);
        assertThat(table.holders(id))
                .isEqualTo(holds.getOrDefault(key, Set.of()).size());
        if (entry != null) {
            assertThat(object.dataSize).isEqualTo(entry.size);
            checkBytes(object.segment.data(object), entry);
        }
    }

    private static void checkBytes(MemorySegment data, Entry entry) {
        byte[] expected = new byte[entry.size];
        Arrays.fill(expected, entry.fill);
        assertThat(data.toArray(ValueLayout.JAVA_BYTE)).isEqualTo(expected);
    }

    void letGoOfEverything() {
        List.copyOf(pins).forEach(pin -> unpin(0));
        for (int key = 0; key < 8; key++) {
            seal(key);
            delete(key);
        }
        table.reclaim();
    }

    @Override
    public void close() {
        memory.close();
        local.close();
        otherPins.close();
        indexRegion.close();
    }
}
