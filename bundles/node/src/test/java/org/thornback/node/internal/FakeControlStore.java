// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.thornback.api.redis.ControlStore;

/** Tables in memory, of a control plane that a test can take away. Safe from any thread. */
final class FakeControlStore implements ControlStore {
    private final Map<Table, Map<String, String>> tables = new EnumMap<>(Table.class);
    private final Map<String, Long> counters = new TreeMap<>();
    private RuntimeException broken;

    /** From now on nothing works. */
    synchronized void fail(RuntimeException failure) {
        broken = failure;
    }

    synchronized Map<String, String> table(Table table) {
        return tables.computeIfAbsent(table, name -> new TreeMap<>());
    }

    private <T> CompletionStage<T> answer(T value) {
        return broken == null ? CompletableFuture.completedFuture(value) : CompletableFuture.failedFuture(broken);
    }

    @Override
    public synchronized CompletionStage<Optional<String>> get(Table table, String key) {
        return answer(Optional.ofNullable(table(table).get(key)));
    }

    @Override
    public synchronized CompletionStage<Void> put(Table table, String key, String value) {
        if (broken == null) {
            table(table).put(key, value);
        }
        return answer(null);
    }

    @Override
    public synchronized CompletionStage<Boolean> putIfAbsent(Table table, String key, String value) {
        return answer(table(table).putIfAbsent(key, value) == null);
    }

    @Override
    public synchronized CompletionStage<Void> delete(Table table, String key) {
        table(table).remove(key);
        return answer(null);
    }

    @Override
    public synchronized CompletionStage<Map<String, String>> all(Table table) {
        return answer(Map.copyOf(table(table)));
    }

    @Override
    public synchronized CompletionStage<Long> next(String counter) {
        return answer(counters.merge(counter, 1L, Long::sum));
    }

    @Override
    public String address() {
        return "127.0.0.1:6379";
    }
}
