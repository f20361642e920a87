// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import java.lang.foreign.Arena;
import org.thornback.layout.SegmentBuffer;
import org.thornback.layout.StoreProtocol;

/** The buffers all connections share, because the conductor serves one at a time. */
final class FrameBuffers implements AutoCloseable {
    private static final byte[] NOTHING = {};
    private static final int READ_AHEAD = 64 << 10;

    private final Arena arena = Arena.ofShared();
    private final SegmentBuffer input;
    private final SegmentBuffer output;

    FrameBuffers() {
        int frame = StoreProtocol.HEADER_LENGTH + StoreProtocol.MAX_BODY;
        input = new SegmentBuffer(arena.allocate(frame + READ_AHEAD, Long.BYTES));
        output = new SegmentBuffer(arena.allocate(frame, Long.BYTES));
    }

    SegmentBuffer input() {
        return input;
    }

    SegmentBuffer output() {
        return output;
    }

    int maxBody() {
        return StoreProtocol.MAX_BODY;
    }

    byte[] nothing() {
        return NOTHING;
    }

    @Override
    public void close() {
        arena.close();
    }
}
