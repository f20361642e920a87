// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thornback.api.ThornbackException;
import org.thornback.api.ThornbackException.Category;
import org.thornback.api.store.ObjectExistsException;
import org.thornback.api.store.ObjectInfo;
import org.thornback.api.store.ObjectListener;
import org.thornback.api.store.PlasmaId;
import org.thornback.api.store.ReadableObject;
import org.thornback.api.store.RunningStore;
import org.thornback.api.store.Segment;
import org.thornback.api.store.SpillTarget;
import org.thornback.api.store.StoreBackend;
import org.thornback.api.store.StoreCounter;
import org.thornback.api.store.StoreFullException;
import org.thornback.api.store.StoreGoneException;
import org.thornback.api.store.StoreStatistics;
import org.thornback.api.store.WritableObject;

/**
 * The store as other parts of this process see it: hands every wish to the conductor. Safe from any thread.
 *
 * <p>Three threads: the conductor, a helper that reserves memory, and a mover that copies, writes and reads objects. Pinning an
 * object that is here takes none of them. At the end the conductor awaits the others before the memory goes.
 */
public final class PlasmaStore implements RunningStore {
    private static final Logger LOG = LoggerFactory.getLogger("ray.plasma_store");
    private static final long INITIAL_RESERVE = 4L << 20;

    private final StoreConfig config;
    private volatile String backendName;
    private volatile String remark;
    private volatile long capacity;
    private final ExecutorService helper;
    private final StoreCore core;
    private final LocalClient local;
    private final ExecutorService mover;
    private final Thread conductor;
    private volatile boolean closed;

    private PlasmaStore(StoreConfig config, String backendName, String remark) throws IOException {
        this.config = requireNonNull(config, "config");
        this.backendName = requireNonNull(backendName, "backendName");
        this.remark = requireNonNull(remark, "remark");
        this.capacity = config.capacity();
        helper = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("plasma-helper").daemon().factory());
        mover = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("plasma-mover").daemon().factory());
        core = new StoreCore(config, helper, mover);
        local = LocalClient.open(core.reader());
        conductor = Thread.ofPlatform().name("plasma-conductor").daemon().unstarted(this::conduct);
    }

    /** Starts a store whose memory comes from a backend; when this returns, clients can connect. */
    public static PlasmaStore start(StoreConfig config, StoreBackend backend) {
        return start(config, backend, "");
    }

    static PlasmaStore start(StoreConfig config, StoreBackend backend, String remark) {
        try {
            PlasmaStore store = new PlasmaStore(config, backend.name(), remark);
            store.conductor.start();
            try {
                store.begin(backend.allocate(config.capacity(), Math.min(config.capacity(), INITIAL_RESERVE)));
            } catch (IOException | RuntimeException e) {
                store.close();
                throw e;
            }
            LOG.info("object store of {} bytes ({}) listens at {}", config.capacity(), backend.name(), config.socket());
            return store;
        } catch (IOException e) {
            throw new ThornbackException(
                    Category.FATAL,
                    "the object store cannot start at socket=" + config.socket() + ": " + e.getMessage(),
                    e);
        }
    }

    private void begin(Segment segment) throws IOException {
        CompletableFuture<Void> begun = new CompletableFuture<>();
        core.loop().execute(() -> {
            try {
                core.begin(segment, config);
                core.clients().add(local);
                begun.complete(null);
            } catch (IOException | RuntimeException e) {
                begun.completeExceptionally(e);
            }
        });
        try {
            begun.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new IOException(e.getCause().getMessage(), e.getCause());
        }
    }

    @Override
    public void use(StoreBackend backend, String reason) {
        long used = statistics().value(StoreCounter.USED_BYTES);
        adopt(backend, capacity, Math.min(capacity, used + INITIAL_RESERVE), reason);
        LOG.info("object store changes to backend {}", backend.name());
    }

    @Override
    public void resize(StoreBackend backend, long bytes) {
        adopt(
                backend,
                bytes,
                Math.min(bytes, INITIAL_RESERVE),
                remark); // as things move, what they leave is free again
        LOG.info("object store has {} bytes now", bytes);
    }

    @Override
    public void remark(String reason) {
        remark = requireNonNull(reason, "reason");
    }

    private void adopt(StoreBackend backend, long bytes, long reserve, String reason) {
        Segment segment = backend.allocate(bytes, reserve);
        CompletableFuture<Void> adopted = new CompletableFuture<>();
        submit(adopted, () -> {
            try {
                core.change(segment, bytes);
                capacity = bytes;
                backendName = backend.name();
                remark = reason;
                adopted.complete(null);
            } catch (IOException e) {
                Linux.close(segment.descriptor());
                adopted.completeExceptionally(e);
            }
        });
        try {
            adopted.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException known
                    ? known
                    : new ThornbackException(
                            Category.FATAL,
                            "plasma-backend=" + backend.name() + " cannot be used: "
                                    + e.getCause().getMessage(),
                            e.getCause());
        }
    }

    @Override
    public void spillTo(SpillTarget target, boolean evictedToo) {
        core.spill().target(target, evictedToo);
    }

    @Override
    public void rest() {
        try {
            core.loop().rest();
            LOG.info("object store at {} rests", config.socket());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void goOn() {
        core.loop().goOn();
        LOG.info("object store at {} goes on", config.socket());
    }

    private void conduct() {
        core.loop().run();
        try {
            core.leaveClients();
        } catch (IOException | RuntimeException e) {
            LOG.error("the object store did not end cleanly", e);
        } finally {
            endMemory();
        }
    }

    /** What the helpers read and write stays mapped until they have ended. */
    private void endMemory() {
        helper.close();
        mover.close();
        try {
            core.end();
        } catch (RuntimeException e) {
            LOG.error("the object store's memory could not be given back", e);
        }
    }

    @Override
    public CompletionStage<WritableObject> create(PlasmaId id, long dataSize, int metadataSize) {
        CompletableFuture<WritableObject> future = new CompletableFuture<>();
        submit(
                future,
                () -> core.inventory().create(local, id, dataSize, metadataSize, new CreateOutcome() {
                    @Override
                    public void created(StoredObject object) {
                        future.complete(new LocalClient.Written(object, core));
                    }

                    @Override
                    public void exists() {
                        future.completeExceptionally(new ObjectExistsException(id));
                    }

                    @Override
                    public void full(String sentence) {
                        future.completeExceptionally(new StoreFullException(sentence));
                    }
                }));
        return future;
    }

    @Override
    public Optional<ReadableObject> get(PlasmaId id) {
        return closed ? Optional.empty() : local.get(id, core.memory()::mapped);
    }

    @Override
    public CompletionStage<Boolean> contains(PlasmaId id) {
        return ask(() -> core.inventory().isHere(id));
    }

    @Override
    public CompletionStage<Void> awaitSealed(PlasmaId id) {
        CompletableFuture<Void> future = new CompletableFuture<>();
        Watches.Watcher watcher = found -> future.complete(null);
        submit(future, () -> core.inventory().watch(List.of(id), watcher));
        future.whenComplete((done, failure) -> {
            if (failure != null) {
                command(() -> core.watches().remove(id, watcher));
            }
        });
        return future;
    }

    @Override
    public CompletionStage<Integer> delete(Collection<PlasmaId> ids) {
        List<PlasmaId> copy = List.copyOf(ids);
        return ask(() -> core.inventory().delete(copy));
    }

    @Override
    public CompletionStage<Integer> deleteJob(int jobId) {
        return ask(() -> core.inventory().delete(new Listing(core.table(), core.spill()).ofJob(jobId)));
    }

    @Override
    public void hold(Collection<PlasmaId> ids, String holder) {
        List<PlasmaId> copy = List.copyOf(ids);
        command(() -> copy.forEach(id -> core.table().hold(id, holder)));
    }

    @Override
    public void release(Collection<PlasmaId> ids, String holder) {
        List<PlasmaId> copy = List.copyOf(ids);
        command(() -> copy.forEach(id -> core.inventory().release(id, holder)));
    }

    @Override
    public void releaseAll(String holder) {
        command(() -> core.inventory().releaseAll(holder));
    }

    @Override
    public CompletionStage<List<ObjectInfo>> list() {
        return ask(new Listing(core.table(), core.spill())::all);
    }

    @Override
    public CompletionStage<Long> evict(long bytes) {
        return ask(() -> core.table().evict(bytes));
    }

    @Override
    public StoreStatistics statistics() {
        return new StoreStatistics(backendName, remark, closed ? Map.of() : Tally.snapshot(core.reader()));
    }

    @Override
    public long capacity() {
        return capacity;
    }

    @Override
    public Path socket() {
        return config.socket();
    }

    @Override
    public AutoCloseable listen(ObjectListener listener) {
        command(() -> {
            for (StoredObject object : core.table().all()) {
                if (object.isSealed()) {
                    listener.onSealed(object.id, object.dataSize);
                }
            }
            core.spill().all().forEach(object -> listener.onSealed(object.id(), object.dataSize()));
            core.listeners().add(listener);
        });
        return () -> core.listeners().remove(listener);
    }

    private <T> CompletionStage<T> ask(Supplier<T> question) {
        CompletableFuture<T> future = new CompletableFuture<>();
        submit(future, () -> {
            core.drainRings();
            future.complete(question.get());
        });
        return future;
    }

    private void submit(CompletableFuture<?> future, Runnable command) {
        if (closed) {
            future.completeExceptionally(new StoreGoneException("the object store of this node has stopped"));
            return;
        }
        core.loop().execute(() -> {
            try {
                command.run();
            } catch (RuntimeException | Error e) {
                future.completeExceptionally(e);
                throw e;
            }
        });
    }

    private void command(Runnable command) {
        if (!closed) {
            core.loop().execute(command);
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        core.loop().stop();
        core.loop().goOn();
        boolean interrupted = false;
        while (conductor.isAlive()) {
            try {
                conductor.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        local.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        LOG.info("object store at {} has stopped", config.socket());
    }
}
