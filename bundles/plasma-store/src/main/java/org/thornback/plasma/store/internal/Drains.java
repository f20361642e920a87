// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import org.thornback.layout.SegmentBuffer;
import org.thornback.layout.StoreProtocol;

/** Answers clients that wait until the store has taken what lies in their rings, or until it is clear that it cannot. */
final class Drains {
    private final StoreMemory memory;
    private final Clients clients;
    private final long patienceNanos;

    Drains(StoreMemory memory, Clients clients, long patienceNanos) {
        this.memory = requireNonNull(memory, "memory");
        this.clients = requireNonNull(clients, "clients");
        this.patienceNanos = patienceNanos;
    }

    /** Answers those whose time has come. */
    void answer() {
        for (RingClient client : clients.ours()) {
            if (client.isDrainAwaited()) {
                answerDrained(client);
            }
        }
    }

    void answerWhenDrained(RingClient client) {
        client.awaitDrain(System.nanoTime() + patienceNanos);
        answerDrained(client);
    }

    private void answerDrained(RingClient client) {
        boolean late = System.nanoTime() - client.drainDeadline() >= 0;
        if (!client.isStalled() || late) {
            client.drainAnswered();
            String sentence = client.isStalled()
                    ? "object store is full: used=" + memory.used() + " of object-store-memory=" + memory.capacity()
                            + " is held or in use; release references or raise it"
                    : "";
            byte[] text = sentence.getBytes(UTF_8);
            SegmentBuffer output = client.calls().output();
            int error = client.isStalled() ? StoreProtocol.STORE_FULL : StoreProtocol.OK;
            output.putInt(StoreProtocol.HEADER_LENGTH, error);
            output.putBytes(StoreProtocol.HEADER_LENGTH + Integer.BYTES, text);
            client.calls().send(StoreProtocol.DRAINED, Integer.BYTES + text.length);
        }
    }
}
