// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.worker.pool.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.thornback.api.id.BinaryId;
import org.thornback.api.worker.WorkerDemand;

/** The worker processes there are, oldest first. Guarded by the pool's lock. */
final class WorkerTable {
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Map<BinaryId, Worker> workers = new LinkedHashMap<>();

    void add(Worker worker) {
        workers.put(worker.id(), worker);
    }

    /** Null for one that is not there. */
    Worker find(BinaryId id) {
        return workers.get(id);
    }

    /** Null for one that is not there. */
    Worker remove(BinaryId id) {
        return workers.remove(id);
    }

    Collection<Worker> all() {
        return workers.values();
    }

    long starting() {
        return workers.values().stream().filter(Worker::isStarting).count();
    }

    /** Those that can be lent for a demand once they have registered. */
    Stream<Worker> starting(WorkerDemand demand) {
        return workers.values().stream().filter(worker -> worker.isStarting() && worker.isLike(demand));
    }

    long warm() {
        return workers.values().stream().filter(Worker::isWarm).count();
    }

    /** One that can be lent, of the same job before a warm one. */
    Optional<Worker> idle(WorkerDemand demand) {
        return workers.values().stream()
                .filter(worker -> worker.suits(demand))
                .min(Comparator.comparing(worker -> !worker.isUsed()));
    }

    /** What nobody has wanted for a second: left over ones, and of used and of warm ones what is beyond so many. */
    List<Worker> surplus(long now, int kept) {
        List<Worker> surplus = new ArrayList<>();
        long spare = workers.values().stream().filter(WorkerTable::isSpare).count() - kept;
        long warm = warm() - kept;
        for (Worker worker : workers.values()) {
            boolean tooMany = isSpare(worker) ? spare-- > 0 : worker.isWarm() && worker.isIdle() && warm-- > 0;
            if ((tooMany || worker.isLeftOver()) && worker.idleNanos(now) > IDLE_NANOS) {
                surplus.add(worker);
            }
        }
        return surplus;
    }

    private static boolean isSpare(Worker worker) {
        return worker.isIdle() && worker.isUsed();
    }
}
