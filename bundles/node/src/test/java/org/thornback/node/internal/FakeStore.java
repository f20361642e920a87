// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.thornback.api.id.BinaryId;
import org.thornback.api.store.ObjectInfo;
import org.thornback.api.store.ObjectListener;
import org.thornback.api.store.ObjectStore;
import org.thornback.api.store.PlasmaId;
import org.thornback.api.store.ReadableObject;
import org.thornback.api.store.StoreStatistics;
import org.thornback.api.store.WritableObject;
import org.thornback.layout.PlasmaIds;

/** A store that keeps no bytes, only what the raylet told it to hold and to delete. */
final class FakeStore implements ObjectStore {
    final Set<PlasmaId> held = new LinkedHashSet<>();
    final List<PlasmaId> deleted = new ArrayList<>();
    final List<Integer> endedJobs = new ArrayList<>();
    volatile ObjectListener listener;

    static PlasmaId idOf(BinaryId object) {
        return PlasmaIds.ofRay(object.bytes());
    }

    @Override
    public CompletionStage<Integer> delete(Collection<PlasmaId> ids) {
        held.removeAll(ids);
        deleted.addAll(ids);
        return CompletableFuture.completedFuture(ids.size());
    }

    @Override
    public CompletionStage<Integer> deleteJob(int jobId) {
        endedJobs.add(jobId);
        return CompletableFuture.completedFuture(0);
    }

    @Override
    public void hold(Collection<PlasmaId> ids, String holder) {
        held.addAll(ids);
    }

    @Override
    public Path socket() {
        return Path.of("/nowhere/plasma_store");
    }

    @Override
    public AutoCloseable listen(ObjectListener hears) {
        listener = hears;
        return () -> listener = null;
    }

    @Override
    public CompletionStage<WritableObject> create(PlasmaId id, long dataSize, int metadataSize) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<ReadableObject> get(PlasmaId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Boolean> contains(PlasmaId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Void> awaitSealed(PlasmaId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void release(Collection<PlasmaId> ids, String holder) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void releaseAll(String holder) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<List<ObjectInfo>> list() {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Long> evict(long bytes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public StoreStatistics statistics() {
        return new StoreStatistics("fake", "", Map.of());
    }

    @Override
    public long capacity() {
        throw new UnsupportedOperationException();
    }
}
