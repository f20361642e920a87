// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.transport.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.thornback.api.transport.FrameLink;
import org.thornback.api.transport.FramePoller;
import org.thornback.api.transport.FramePollers;
import org.thornback.api.transport.FrameReceiver;
import org.thornback.testkit.Await;
import org.thornback.testkit.FelixExtension;

/** The bundle's service, with a peer that reads and writes bytes. */
class PollerServiceTest {
    private static final int SMALL = 16;
    private static final int LARGE = 1 << 20;

    @RegisterExtension
    final FelixExtension felix = new FelixExtension()
            .componentRuntime()
            .bundles(
                    "org.thornback.lib.agrona",
                    "com.google.flatbuffers.java",
                    "org.thornback.layout",
                    "org.thornback.transport");

    @TempDir
    Path directory;

    private final List<Long> numbers = new ArrayList<>();
    private final List<FrameLink> links = new ArrayList<>();
    private FramePoller poller;
    private Path socket;
    private int ends;

    private final class Receiver implements FrameReceiver {
        @Override
        public void onFrame(FrameLink link, MemorySegment memory, int offset, int length) {
            assertThat(length).isEqualTo(SMALL);
            numbers.add(memory.get(ValueLayout.JAVA_LONG_UNALIGNED, offset));
        }

        @Override
        public void onClosed(FrameLink link) {
            ends++;
        }
    }

    @BeforeEach
    void listen() {
        socket = directory.resolve("s");
        poller = felix.service(FramePollers.class).open();
        poller.listen(socket, link -> {
            links.add(link);
            return new Receiver();
        });
    }

    private SocketChannel connect() throws IOException {
        int before = links.size();
        SocketChannel peer = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        pollUntil(() -> links.size() > before);
        return peer;
    }

    private void pollUntil(Callable<Boolean> condition) {
        Await.await(
                () -> {
                    poller.poll(0);
                    return condition.call();
                },
                () -> "numbers=" + numbers + " links=" + links.size() + " ends=" + ends);
    }

    private static void write(SocketChannel peer, long number) throws IOException {
        peer.write(ByteBuffer.allocate(Integer.BYTES + SMALL)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(SMALL)
                .putLong(number)
                .rewind());
    }

    /** Reads all there is until the other side ends the connection. */
    private static int readToTheEnd(SocketChannel peer) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
        int count = 0;
        int read;
        while ((read = peer.read(bytes.clear())) >= 0) {
            count += read;
        }
        return count;
    }

    @Test
    void shouldDeliverFramesAndEndsToTheReceiverOfTheirConnection() throws IOException {
        try (SocketChannel first = connect();
                SocketChannel second = connect()) {
            write(first, 1);
            write(second, 2);
            pollUntil(() -> numbers.size() == 2);
            assertThat(numbers).containsExactlyInAnyOrder(1L, 2L);
        }
        pollUntil(() -> ends == 2);
        poller.close();
    }

    @Test
    void shouldSendTheBytesOfAMessageAsAFrame() throws IOException {
        try (SocketChannel peer = connect()) {
            byte[] message = "0123456789abcdef-not this".getBytes();
            links.getFirst().send(MemorySegment.ofArray(message), SMALL);

            ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + SMALL).order(ByteOrder.LITTLE_ENDIAN);
            while (bytes.hasRemaining()) {
                peer.read(bytes);
            }
            assertThat(bytes.flip().getInt()).isEqualTo(SMALL);
            byte[] received = new byte[SMALL];
            bytes.get(received);
            assertThat(received).asString().isEqualTo("0123456789abcdef");
        }
        poller.close();
    }

    @Test
    void shouldEndAConnectionAfterAllThatWasSentThoughThePeerReadsLate() throws Exception {
        try (SocketChannel peer = connect()) {
            FrameLink link = links.getFirst();
            for (int i = 0; i < 4; i++) {
                link.send(MemorySegment.ofArray(new byte[LARGE]), LARGE);
            }
            link.close();
            poller.poll(0);
            assertThat(ends).as("most of it is still here").isZero();

            int[] count = {0};
            Thread reader = Thread.ofVirtual().start(() -> {
                try {
                    count[0] = readToTheEnd(peer);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            pollUntil(() -> ends == 1);
            reader.join();

            assertThat(count[0]).isEqualTo(4 * (Integer.BYTES + LARGE));
        }
        poller.close();
    }

    @Test
    void shouldEndConnectionsAndRemoveTheSocketWhenClosed() throws IOException {
        try (SocketChannel peer = connect()) {
            poller.close();
            poller.close();

            assertThat(readToTheEnd(peer)).isZero();
            assertThat(socket).doesNotExist();
        }
    }
}
