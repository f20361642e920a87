// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.thornback.api.cluster.ClusterSnapshot;
import org.thornback.api.cluster.ClusterTables;
import org.thornback.api.cluster.TaskTable;
import org.thornback.api.id.BinaryId;

/** Hands what other threads want of the raylet's tables to its conductor. Safe from any thread. */
final class ConductorTables implements ClusterTables {
    private final Executor conductor;
    private final RayletTables tables;

    ConductorTables(Executor conductor, RayletTables tables) {
        this.conductor = requireNonNull(conductor, "conductor");
        this.tables = requireNonNull(tables, "tables");
    }

    @Override
    public CompletionStage<ClusterSnapshot> snapshot() {
        return ask(tables::snapshot);
    }

    @Override
    public CompletionStage<TaskTable> tasks(int most) {
        return ask(() -> tables.tasks(most)).thenCompose(Function.identity());
    }

    @Override
    public CompletionStage<Boolean> killActor(BinaryId actor) {
        return ask(() -> tables.killActor(actor));
    }

    @Override
    public CompletionStage<Boolean> killWorker(BinaryId worker) {
        return ask(() -> tables.killWorker(worker));
    }

    @Override
    public CompletionStage<Boolean> killJob(int jobId) {
        return ask(() -> tables.killJob(jobId));
    }

    private <T> CompletionStage<T> ask(Supplier<T> question) {
        return CompletableFuture.supplyAsync(question, conductor);
    }
}
