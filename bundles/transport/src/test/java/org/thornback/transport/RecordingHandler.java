// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.transport;

import java.util.ArrayList;
import java.util.List;
import org.thornback.layout.SegmentBuffer;

/** Keeps the numbers of the frames of all its connections, and how many of these ended. For the polling thread only. */
final class RecordingHandler implements FrameHandler {
    final List<Long> numbers = new ArrayList<>();
    final List<Integer> lengths = new ArrayList<>();
    final List<FrameChannel> open = new ArrayList<>();
    int ends;

    /** For {@link Poller#listen}: takes a connection in. */
    FrameHandler accept(FrameChannel channel) {
        open.add(channel);
        return this;
    }

    @Override
    public void onFrame(FrameChannel channel, SegmentBuffer buffer, int offset, int length) {
        numbers.add(buffer.getLong(offset));
        lengths.add(length);
    }

    @Override
    public void onClosed(FrameChannel channel) {
        ends++;
        open.remove(channel);
    }
}
