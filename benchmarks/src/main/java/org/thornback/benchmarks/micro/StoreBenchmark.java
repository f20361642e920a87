// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.benchmarks.micro;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.thornback.api.store.PlasmaId;
import org.thornback.plasma.shm.internal.ShmBackend;
import org.thornback.plasma.store.internal.LinuxMemoryFiles;
import org.thornback.plasma.store.internal.PlasmaStore;
import org.thornback.plasma.store.internal.StoreConfig;
import org.thornback.ray.runtime.internal.plasma.PinnedObject;
import org.thornback.ray.runtime.internal.plasma.PlasmaClient;

/** A client of a real store in shared memory, its conductor on a thread of this process. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StoreBenchmark {
    private static final long CAPACITY = 512L << 20;
    private static final int OBJECTS = 1_000;
    private static final int SMALL = 64;
    private static final int LARGE = 16 << 20;
    private static final byte[] METADATA = {0};

    private final PlasmaId[] known = new PlasmaId[OBJECTS];
    private final MemorySegment small = MemorySegment.ofArray(new byte[SMALL]);
    private final MemorySegment large = MemorySegment.ofArray(new byte[LARGE]);
    private final byte[] target = new byte[LARGE];
    private final PlasmaId absent = id(-1);
    private Path directory;
    private PlasmaStore store;
    private PlasmaClient client;
    private int next;

    /**
     * Starts the store and puts what is to be found.
     *
     * @throws IOException when there is no temporary directory.
     */
    @Setup
    public void setUp() throws IOException {
        directory = Files.createTempDirectory("store");
        store = PlasmaStore.start(
                new StoreConfig(directory.resolve("socket"), CAPACITY),
                new ShmBackend(new LinuxMemoryFiles(), Optional.empty()));
        client = PlasmaClient.connect(directory.resolve("socket"));
        for (int i = 0; i < OBJECTS; i++) {
            known[i] = id(next++);
            client.put(known[i], METADATA, small);
        }
        store.hold(List.of(known), "benchmark");
        client.locate(known[OBJECTS - 1]);
    }

    /**
     * Ends both.
     *
     * @throws IOException when the directory cannot be removed.
     */
    @TearDown
    public void tearDown() throws IOException {
        client.close();
        store.close();
        Files.deleteIfExists(directory.resolve("socket"));
        Files.delete(directory);
    }

    /**
     * A look into the index that finds.
     *
     * @return true.
     */
    @Benchmark
    public boolean contains() {
        return client.contains(any());
    }

    /**
     * A look into the index that does not find.
     *
     * @return false.
     */
    @Benchmark
    public boolean miss() {
        return client.contains(absent);
    }

    /**
     * Look, pin, unpin.
     *
     * @return the length of what was pinned.
     */
    @Benchmark
    public long pin() {
        try (PinnedObject object = client.tryGet(any()).orElseThrow()) {
            return object.size();
        }
    }

    /**
     * A small object through the ring; what is not held is evicted in time.
     *
     * @return true.
     */
    @Benchmark
    public boolean putSmall() {
        return client.put(id(next++), METADATA, small);
    }

    /**
     * Create, one copy, seal.
     *
     * @return true.
     */
    @Benchmark
    public boolean putLarge() {
        return client.put(id(next++), METADATA, large);
    }

    /**
     * The copy alone, into memory of the process.
     *
     * @return the target.
     */
    @Benchmark
    public byte[] copyLarge() {
        MemorySegment.copy(large, 0, MemorySegment.ofArray(target), 0, LARGE);
        return target;
    }

    private PlasmaId any() {
        next++;
        return known[Math.floorMod(next, OBJECTS)];
    }

    private static PlasmaId id(int number) {
        return new PlasmaId(number * 0x9E3779B97F4A7C15L, number, 7);
    }
}
