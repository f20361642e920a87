// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.redis;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Tables of durable facts: jobs, actors, names, nodes. Registered once the control plane answers.
 *
 * <p>Safe from any thread; nothing blocks. While Redis is away, changes wait and are made in order when it is back; stages
 * complete on a thread of the client, so what is chained must be short.
 */
@ProviderType
public interface ControlStore {

    /** Tables of the control plane. */
    enum Table {
        /** By job number. */
        JOBS,
        /** By actor id. */
        ACTORS,
        /** Actor ids by namespace and name. */
        NAMES,
        /** By node id. */
        NODES,
        /** Files of deploy folders, by name. */
        DEPLOYMENTS,
        /** Their contents in parts, by hash and number of the part. */
        CODE,
        /** Anything else, for instance the session's name. */
        FACTS
    }

    /**
     * Reads a fact.
     *
     * @param table where.
     * @param key   of the fact.
     * @return its value, if there is one.
     */
    CompletionStage<Optional<String>> get(Table table, String key);

    /**
     * Writes a fact.
     *
     * @param table where.
     * @param key   of the fact.
     * @param value of the fact.
     * @return completes when it is durable.
     */
    CompletionStage<Void> put(Table table, String key, String value);

    /**
     * Writes a fact unless there is one.
     *
     * @param table where.
     * @param key   of the fact.
     * @param value of the fact.
     * @return whether it was written.
     */
    CompletionStage<Boolean> putIfAbsent(Table table, String key, String value);

    /**
     * Removes a fact.
     *
     * @param table where.
     * @param key   of the fact.
     * @return completes when it is gone.
     */
    CompletionStage<Void> delete(Table table, String key);

    /**
     * Reads a whole table.
     *
     * @param table which.
     * @return values by key.
     */
    CompletionStage<Map<String, String>> all(Table table);

    /**
     * Numbers something.
     *
     * @param counter name of the counter, for instance {@code job}.
     * @return 1 for the first, then growing.
     */
    CompletionStage<Long> next(String counter);

    /**
     * Address of the primary: the address of the cluster.
     *
     * @return {@code host:port}.
     */
    String address();
}
