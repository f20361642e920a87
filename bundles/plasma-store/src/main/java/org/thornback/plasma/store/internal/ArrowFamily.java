// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static java.util.Objects.requireNonNull;

import org.thornback.layout.arrow.ArrowProtocol;

/** The messages of Arrow's clients; drawn in {@link ArrowProtocol}. */
final class ArrowFamily implements Conversation.Family {
    /** Objects that come within a message must be small; larger ones are created first and then written in place. */
    private static final int MAX_BODY = 64 << 20;

    private final StoreCore core;

    ArrowFamily(StoreCore core) {
        this.core = requireNonNull(core, "core");
    }

    @Override
    public boolean opensWith(long type) {
        return type >= 0 && type <= ArrowProtocol.LAST_TYPE;
    }

    @Override
    public int maxBody() {
        return MAX_BODY;
    }

    @Override
    public Conversation begin(Connection connection) {
        return new ArrowConversation(core, connection);
    }
}
