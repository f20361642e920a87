// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static java.util.Objects.requireNonNull;

import org.thornback.layout.StoreProtocol;

/** The messages of our own clients; drawn in {@link StoreProtocol}. */
final class RingFamily implements Conversation.Family {
    private final StoreCore core;

    RingFamily(StoreCore core) {
        this.core = requireNonNull(core, "core");
    }

    @Override
    public boolean opensWith(long type) {
        return type == StoreProtocol.OPEN || type == StoreProtocol.ATTACH;
    }

    @Override
    public int maxBody() {
        return StoreProtocol.MAX_BODY;
    }

    @Override
    public Conversation begin(Connection connection) {
        return new RingConversation(core, connection);
    }
}
