// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.transport.internal;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.function.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.thornback.api.transport.FrameLink;
import org.thornback.api.transport.FramePoller;
import org.thornback.api.transport.FramePollers;
import org.thornback.api.transport.FrameReceiver;
import org.thornback.layout.SegmentBuffer;
import org.thornback.transport.FrameChannel;
import org.thornback.transport.FrameHandler;
import org.thornback.transport.Poller;

/** Gives the node's bundles the same pollers that drivers and workers use. Stateless. */
@Component
public final class PollerService implements FramePollers {

    /** Nothing to set up. */
    @Activate
    public PollerService() {}

    @Override
    public FramePoller open() {
        return new ServicePoller(new Poller());
    }

    private record ServicePoller(Poller poller) implements FramePoller {
        @Override
        public void listen(Path socket, Function<FrameLink, FrameReceiver> accepted) {
            poller.listen(socket, channel -> {
                ServiceLink link = new ServiceLink(channel);
                return new ReceiverHandler(link, accepted.apply(link));
            });
        }

        @Override
        public void poll(long timeoutNanos) {
            poller.poll(timeoutNanos);
        }

        @Override
        public void wakeup() {
            poller.wakeup();
        }

        @Override
        public void close() {
            poller.close();
        }
    }

    private record ServiceLink(FrameChannel channel) implements FrameLink {
        @Override
        public void send(MemorySegment message, int length) {
            SegmentBuffer buffer = channel.claim(length);
            MemorySegment.copy(message, 0, buffer.segment(), channel.offset(), length);
            channel.commit(length, true);
        }

        @Override
        public void close() {
            channel.closeWhenSent();
        }
    }

    private record ReceiverHandler(ServiceLink link, FrameReceiver receiver) implements FrameHandler {
        @Override
        public void onFrame(FrameChannel channel, SegmentBuffer buffer, int offset, int length) {
            receiver.onFrame(link, buffer.segment(), offset, length);
        }

        @Override
        public void onClosed(FrameChannel channel) {
            receiver.onClosed(link);
        }
    }
}
