// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.thornback.api.id.BinaryId;
import org.thornback.api.worker.WorkerDemand;
import org.thornback.api.worker.WorkerInfo;
import org.thornback.api.worker.WorkerPool;

/** A pool that starts nothing: the test says which workers there are, and sees what is wanted of it. */
final class FakePool implements WorkerPool {
    final Map<Long, WorkerDemand> demands = new LinkedHashMap<>();
    final List<BinaryId> givenBack = new ArrayList<>();
    final List<BinaryId> killed = new ArrayList<>();
    final Set<BinaryId> started = new CopyOnWriteArraySet<>();
    volatile Path rayletSocket;
    volatile Listener listener;

    /** The oldest demand that was neither met nor cancelled, which is met now. */
    long takeDemand() {
        long id = demands.keySet().iterator().next();
        demands.remove(id);
        return id;
    }

    @Override
    public void open(Path socket, Listener poolListener) {
        rayletSocket = socket;
        listener = poolListener;
    }

    @Override
    public boolean registered(BinaryId worker) {
        return started.contains(worker);
    }

    @Override
    public void demand(long demandId, WorkerDemand demand) {
        demands.put(demandId, demand);
    }

    @Override
    public void cancel(long demandId) {
        demands.remove(demandId);
    }

    @Override
    public void giveBack(BinaryId worker) {
        givenBack.add(worker);
    }

    @Override
    public void kill(BinaryId worker) {
        killed.add(worker);
    }

    @Override
    public void endJob(int jobId) {
        throw new AssertionError("the raylet ends workers one by one: those of detached actors stay");
    }

    @Override
    public List<WorkerInfo> workers() {
        return started.stream()
                .map(id -> new WorkerInfo(id, 1, 0, WorkerInfo.State.IDLE))
                .toList();
    }
}
