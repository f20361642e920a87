// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.shell.internal;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.thornback.api.cluster.NodeStatus;
import org.thornback.api.store.StoreCounter;
import org.thornback.api.store.StoreStatistics;

/** The answer to {@code ray status} for programs. */
final class StatusJson {
    private StatusJson() {}

    /** One JSON object; {@code store} is missing while the store is away. */
    static String text(NodeStatus status, Optional<StoreStatistics> store, List<String> missing) {
        JsonObject json = new JsonObject();
        json.addProperty("nodeId", status.node().nodeId());
        json.addProperty("nodeIp", status.node().nodeIp());
        json.addProperty("redisAddress", status.node().redisAddress());
        json.addProperty("sessionDirectory", status.node().sessionDirectory().toString());
        json.add("total", Column.json(status.total()));
        json.add("available", Column.json(status.available()));
        JsonArray demands = new JsonArray();
        for (NodeStatus.Demand demand : status.demands()) {
            JsonObject one = new JsonObject();
            one.add("resources", Column.json(demand.resources()));
            one.addProperty("count", demand.count());
            demands.add(one);
        }
        json.add("demands", demands);
        json.addProperty("jobs", status.jobs());
        json.addProperty("workers", status.workers());
        json.addProperty("actors", status.actors());
        JsonArray sentences = new JsonArray();
        missing.forEach(sentences::add);
        json.add("missing", sentences);
        store.ifPresent(statistics -> json.add("store", of(statistics)));
        return Listing.text(json);
    }

    private static JsonObject of(StoreStatistics statistics) {
        JsonObject json = new JsonObject();
        json.addProperty("backend", statistics.backend());
        json.addProperty("remark", statistics.remark());
        for (StoreCounter counter : StoreCounter.values()) {
            json.addProperty(counter.name().toLowerCase(Locale.ROOT), statistics.value(counter));
        }
        return json;
    }
}
