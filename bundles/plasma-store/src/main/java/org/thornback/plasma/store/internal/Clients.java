// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is connected: everybody, those who pin, and those of ours by their number. Owned by the conductor. */
final class Clients {
    private static final Logger LOG = LoggerFactory.getLogger("ray.plasma_store");

    private final Changes changes;
    private final Set<Client> all = new HashSet<>();
    private final List<PinningClient> pinning = new ArrayList<>();
    private final Map<Long, RingClient> numbered = new HashMap<>();
    private long next = 1;

    /** Hears how many there are. */
    interface Changes {
        void count(int clients);
    }

    Clients(Changes changes) {
        this.changes = requireNonNull(changes, "changes");
    }

    RingClient open(Connection connection) throws IOException {
        RingClient client = RingClient.open(next++, connection);
        numbered.put(client.number(), client);
        add(client);
        return client;
    }

    ArrowClient openArrow() {
        ArrowClient client = new ArrowClient(next++);
        add(client);
        return client;
    }

    void add(Client client) {
        all.add(client);
        if (client instanceof PinningClient pins) {
            pinning.add(pins);
        }
        changes.count(all.size());
        LOG.debug("{} connected", client.name());
    }

    void remove(Client client) {
        all.remove(client);
        switch (client) {
            case RingClient ring -> {
                pinning.remove(ring);
                numbered.remove(ring.number());
            }
            case PinningClient pins -> pinning.remove(pins);
            default -> {}
        }
        changes.count(all.size());
        LOG.debug("{} disconnected", client.name());
    }

    /** One of ours, or null. */
    RingClient client(long number) {
        return numbered.get(number);
    }

    /** Those of ours that have rings. */
    Collection<RingClient> ours() {
        return numbered.values();
    }

    /** Those whose pin pages are to be read before memory is used again. */
    Collection<PinningClient> pinning() {
        return pinning;
    }
}
