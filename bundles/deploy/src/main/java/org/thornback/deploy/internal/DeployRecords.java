// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.deploy.internal;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thornback.api.redis.ControlStore;
import org.thornback.api.redis.ControlStore.Table;

/**
 * Writes what is deployed to the control plane, contents included, so that every node can come by it: under a file's name its
 * kind, hash and number of parts, and the parts under hash and number. A content that no name has any more goes. A failure is
 * logged, nobody waits. Used on the deployer's thread.
 */
final class DeployRecords {
    private static final Logger LOG = LoggerFactory.getLogger("ray.raylet");
    private static final int PART_BYTES = 1 << 20;

    private final Supplier<ControlStore> store;
    private final Map<String, Integer> names = new HashMap<>();
    private final Map<String, Integer> parts = new HashMap<>();
    private CompletionStage<Void> last = CompletableFuture.completedStage(null);

    /**
     * Has written nothing yet.
     *
     * @param store null while there is none; what happens meanwhile is not written.
     */
    DeployRecords(Supplier<ControlStore> store) {
        this.store = requireNonNull(store, "store");
    }

    void deployed(Content content, String before) {
        ControlStore to = store.get();
        if (to == null) {
            LOG.warn("deploy: {} is not written to the control plane, which is away", content.name());
            return;
        }
        int count = Math.max(1, (content.bytes().length + PART_BYTES - 1) / PART_BYTES);
        if (names.merge(content.hash(), 1, Integer::sum) == 1) {
            parts.put(content.hash(), count);
            then(() -> write(to, content, 0));
        }
        String fact =
                "{\"kind\":\"" + content.kind() + "\",\"hash\":\"" + content.hash() + "\",\"parts\":" + count + "}";
        then(() -> to.put(Table.DEPLOYMENTS, content.name(), fact));
        if (!before.isEmpty()) {
            drop(to, before);
        }
    }

    /** In how many parts a content is written; none when it is not. */
    int parts(String hash) {
        return parts.getOrDefault(hash, 0);
    }

    /** One more name has a content that a predecessor wrote. */
    void goOn(String hash, int count) {
        if (count > 0) {
            names.merge(hash, 1, Integer::sum);
            parts.put(hash, count);
        }
    }

    /** Part after part, so that they are not all in memory at once. */
    private static CompletionStage<Void> write(ControlStore to, Content content, int part) {
        int from = part * PART_BYTES;
        int end = Math.min(content.bytes().length, from + PART_BYTES);
        String text = Base64.getEncoder().encodeToString(Arrays.copyOfRange(content.bytes(), from, end));
        CompletionStage<Void> written = to.put(Table.CODE, key(content.hash(), part), text);
        return end < content.bytes().length ? written.thenCompose(done -> write(to, content, part + 1)) : written;
    }

    void removed(String name, String hash) {
        ControlStore from = store.get();
        if (from != null) {
            then(() -> from.delete(Table.DEPLOYMENTS, name));
            drop(from, hash);
        }
    }

    private void drop(ControlStore from, String hash) {
        if (names.merge(hash, -1, Integer::sum) > 0) {
            return;
        }
        names.remove(hash);
        Integer count = parts.remove(hash);
        for (int part = 0; count != null && part < count; part++) {
            String key = key(hash, part);
            then(() -> from.delete(Table.CODE, key));
        }
    }

    /** One after the other, whatever becomes of those before. */
    private void then(Supplier<CompletionStage<Void>> write) {
        last = last.handle((done, failure) -> null).thenCompose(before -> write.get());
        last.whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.warn("the control plane did not take a deployment: {}", failure.getMessage(), failure);
            }
        });
    }

    private static String key(String hash, int part) {
        return hash + "/" + part;
    }
}
