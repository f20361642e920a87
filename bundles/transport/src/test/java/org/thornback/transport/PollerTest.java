// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thornback.api.ThornbackException;
import org.thornback.layout.SegmentBuffer;
import org.thornback.testkit.Await;

class PollerTest {
    private static final int MESSAGE = 16;

    @TempDir
    Path directory;

    private final Poller poller = new Poller();
    private final RecordingHandler handler = new RecordingHandler();
    private Path socket;

    @BeforeEach
    void listen() {
        socket = directory.resolve("s");
        poller.listen(socket, handler::accept);
    }

    @AfterEach
    void close() {
        poller.close();
    }

    private RawPeer connect() throws IOException {
        int before = handler.open.size();
        RawPeer peer = new RawPeer(socket);
        pollUntil(() -> handler.open.size() > before);
        return peer;
    }

    private void pollUntil(Callable<Boolean> condition) {
        Await.await(
                () -> {
                    poller.poll(0);
                    return condition.call();
                },
                Duration.ofSeconds(20),
                () -> "numbers=" + handler.numbers.size() + " ends=" + handler.ends);
    }

    private static void send(FrameChannel channel, long number, int length, boolean flush) {
        SegmentBuffer buffer = channel.claim(length);
        int offset = channel.offset();
        buffer.putLong(offset, number);
        for (int i = Long.BYTES; i < length; i++) {
            buffer.putByte(offset + i, (byte) number);
        }
        channel.commit(length, flush);
    }

    @Test
    void shouldDeliverFramesSplitAtEveryByte() throws IOException {
        ByteBuffer three = ByteBuffer.allocate(3 * (FrameDescriptor.HEADER_LENGTH + MESSAGE));
        for (int i = 1; i <= 3; i++) {
            three.put(RawPeer.frame(i, MESSAGE));
        }
        try (RawPeer peer = connect()) {
            for (int split = 1; split < three.capacity(); split++) {
                handler.numbers.clear();
                peer.write(three.array(), 0, split);
                poller.poll(0);
                int whole = split / (FrameDescriptor.HEADER_LENGTH + MESSAGE);
                assertThat(handler.numbers).as("split=%d", split).hasSize(whole);
                peer.write(three.array(), split, three.capacity());
                poller.poll(0);
                assertThat(handler.numbers).as("split=%d", split).containsExactly(1L, 2L, 3L);
            }
        }
        assertThat(handler.lengths).containsOnly(MESSAGE);
    }

    @Test
    void shouldDeliverAllThatHadArrivedInOnePoll() throws IOException {
        try (RawPeer peer = connect()) {
            ByteBuffer many = ByteBuffer.allocate(5_000 * (FrameDescriptor.HEADER_LENGTH + MESSAGE));
            for (int i = 0; i < 5_000; i++) {
                many.put(RawPeer.frame(i, MESSAGE));
            }
            peer.write(many.array()); // more than the poller's buffer, less than the socket's
            poller.poll(0);
            assertThat(handler.numbers)
                    .containsExactlyElementsOf(
                            LongStream.range(0, 5_000).boxed().toList());
        }
    }

    @Test
    void shouldNeitherLoseNorReorderFramesForAPeerThatReadsSlowly() throws Exception {
        try (RawPeer peer = connect()) {
            FrameChannel channel = handler.open.getFirst();
            for (int i = 0; i < 3_000; i++) {
                send(channel, i, 8 + (i * 37) % 5_000, i % 3 == 0);
            }
            send(channel, 3_000, 3 << 20, false); // the peer has not read a byte so far
            List<Long> read = new ArrayList<>();
            Thread reader = Thread.ofVirtual().start(() -> readInto(read, peer, 3_001));
            pollUntil(() -> !reader.isAlive());
            assertThat(read)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(0, 3_000).boxed().toList());
        }
    }

    private static void readInto(List<Long> read, RawPeer peer, int count) {
        try {
            for (int i = 0; i < count; i++) {
                read.add(peer.readNumber());
            }
        } catch (IOException e) {
            read.add(-1L); // fails the comparison, and what was read shows where
        }
    }

    @Test
    void shouldKeepTheFramesOfManySendersWholeAndEachSendersInOrder() throws Exception {
        int senders = 4;
        int each = 2_000;
        try (RawPeer peer = connect()) {
            FrameChannel channel = handler.open.getFirst();
            List<Long> read = new ArrayList<>();
            Thread reader = Thread.ofVirtual().start(() -> readInto(read, peer, senders * each));
            for (long sender = 0; sender < senders; sender++) {
                long base = sender << Integer.SIZE;
                Thread.ofPlatform().start(() -> {
                    for (int i = 0; i < each; i++) {
                        send(channel, base + i, 8 + i % 50, i % 7 == 0);
                    }
                });
            }
            pollUntil(() -> !reader.isAlive());
            assertThat(read).hasSize(senders * each).doesNotContain(-1L);
            for (long sender = 0; sender < senders; sender++) {
                long base = sender << Integer.SIZE;
                assertThat(read.stream().filter(number -> number >> Integer.SIZE == base >> Integer.SIZE))
                        .containsExactlyElementsOf(
                                LongStream.range(base, base + each).boxed().toList());
            }
        }
    }

    @Test
    void shouldSendWhatWasCommittedWithoutFlushWhenItTurnsNext() throws IOException {
        try (RawPeer peer = connect()) {
            send(handler.open.getFirst(), 7, MESSAGE, false);
            poller.poll(0);
            assertThat(peer.readNumber()).isEqualTo(7);
        }
    }

    @Test
    void shouldEndOnlyTheConnectionThatAnnouncesAnImpossibleLength() throws IOException {
        int[] impossible = {FrameDescriptor.MAX_LENGTH + 1, Integer.MAX_VALUE, -1, Integer.MIN_VALUE, 0, 7};
        try (RawPeer good = connect()) {
            for (int length : impossible) {
                int ends = handler.ends;
                try (RawPeer bad = connect()) {
                    bad.write(ByteBuffer.allocate(12)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putInt(length)
                            .array());
                    pollUntil(() -> handler.ends > ends);
                    assertThat(bad.isEnded()).as("length=%d", length).isTrue();
                }
            }
            assertThat(handler.numbers).isEmpty();
            good.write(RawPeer.frame(1, MESSAGE));
            pollUntil(() -> !handler.numbers.isEmpty());
        }
        assertThat(handler.numbers).containsExactly(1L);
    }

    @Test
    void shouldTellTheEndOnceAndNoHalfFrameWhenThePeerDiesInTheMiddle() throws IOException {
        RawPeer peer = connect();
        peer.write(RawPeer.frame(1, MESSAGE));
        byte[] half = RawPeer.frame(2, 100_000);
        peer.write(half, 0, half.length / 2);
        peer.close();
        pollUntil(() -> handler.ends > 0);
        poller.poll(0);
        assertThat(handler.numbers).containsExactly(1L);
        assertThat(handler.ends).isEqualTo(1);
    }

    @Test
    void shouldTellTheEndOnceWhenBothSidesCloseAndDropWhatIsSentAfterwards() throws IOException {
        RawPeer peer = connect();
        FrameChannel channel = handler.open.getFirst();
        peer.close();
        channel.close();
        pollUntil(() -> handler.ends > 0);
        assertThat(channel.isOpen()).isFalse();
        send(channel, 1, MESSAGE, true);
        send(channel, 2, MESSAGE, false);
        poller.poll(0);
        assertThat(handler.ends).isEqualTo(1);
    }

    @Test
    void shouldFindOutThatThePeerIsGoneBySendingToIt() throws IOException {
        RawPeer peer = connect();
        FrameChannel channel = handler.open.getFirst();
        peer.close();
        send(channel, 1, MESSAGE, true);
        assertThat(channel.isOpen()).isFalse();
        pollUntil(() -> handler.ends == 1);
    }

    @Test
    void shouldEndTheConnectionWhoseHandlerThrowsAndServeTheOthers() throws IOException {
        Path other = directory.resolve("t");
        List<FrameChannel> ended = new ArrayList<>();
        poller.listen(other, channel -> new ThrowingHandler(ended));
        try (RawPeer good = connect();
                RawPeer bad = new RawPeer(other)) {
            bad.write(RawPeer.frame(1, MESSAGE));
            pollUntil(() -> ended.size() == 1);
            good.write(RawPeer.frame(2, MESSAGE));
            pollUntil(() -> handler.numbers.contains(2L));
        }
    }

    private record ThrowingHandler(List<FrameChannel> ended) implements FrameHandler {
        @Override
        public void onFrame(FrameChannel channel, SegmentBuffer buffer, int offset, int length) {
            throw new IllegalStateException("message template=4711 is unknown");
        }

        @Override
        public void onClosed(FrameChannel channel) {
            ended.add(channel);
        }
    }

    @Test
    void shouldListenWhereOnlyTheOwnerMayConnectAndTakeTheNameOverFromADeadOne() throws IOException {
        Path stale = Files.writeString(directory.resolve("stale"), "left by a process that was killed");
        poller.listen(stale, handler::accept);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(stale)))
                .isEqualTo("rw-------");
        new RawPeer(stale).close();
        poller.close();
        assertThat(stale).doesNotExist();
    }

    @Test
    void shouldNameTheSocketOnWhichNobodyAnswers() {
        Path nobody = directory.resolve("nobody");
        assertThatThrownBy(() -> poller.connect(nobody, handler))
                .isInstanceOf(ThornbackException.class)
                .hasMessageContaining("socket=" + nobody)
                .extracting(failure -> ((ThornbackException) failure).category())
                .isEqualTo(ThornbackException.Category.LOST);
    }

    @Test
    void shouldSendNothingOfAMessageThatWasAbandoned() throws IOException {
        try (RawPeer peer = connect()) {
            FrameChannel channel = handler.open.getFirst();
            channel.claim(MESSAGE).putLong(channel.offset(), 4711);
            channel.abandon();

            send(channel, 7, MESSAGE, true);

            assertThat(peer.readNumber()).isEqualTo(7);
        }
    }

    @Test
    void shouldSendWithoutBeingAskedWhenMuchWasCommitted() throws IOException {
        try (RawPeer peer = connect()) {
            FrameChannel channel = handler.open.getFirst();
            for (int i = 0; i < 20; i++) {
                send(channel, i, 1 << 10, false);
            }

            for (int i = 0; i < 16; i++) {
                assertThat(peer.readNumber())
                        .as("nobody flushed, nobody polled")
                        .isEqualTo(i);
            }
        }
    }

    @Test
    void shouldEndAfterTheLastMessageAndTakeNoneAfterIt() throws IOException {
        try (RawPeer peer = connect()) {
            FrameChannel channel = handler.open.getFirst();
            send(channel, 1, MESSAGE, false);

            channel.closeWhenSent();
            send(channel, 2, MESSAGE, true);

            assertThat(channel.isOpen()).isFalse();
            pollUntil(() -> handler.ends == 1);
            assertThat(peer.readNumber()).isEqualTo(1);
            assertThat(peer.isEnded()).isTrue();
        }
    }

    @Test
    void shouldKeepWhatAHandlerAttached() throws IOException {
        try (RawPeer peer = connect()) {
            FrameChannel channel = handler.open.getFirst();
            assertThat(channel.<String>attachment()).isNull();

            channel.attach("mine");

            assertThat(channel.<String>attachment()).isEqualTo("mine");
            assertThat(peer).isNotNull();
        }
    }

    @Test
    void shouldCarryFramesOfAnyLengthUpToTheLongest() throws Exception {
        int[] lengths = {FrameDescriptor.MESSAGE_HEADER_LENGTH, 1 << 15, (1 << 15) + 1, 1 << 20, 8 << 20};
        try (RawPeer peer = connect()) {
            Thread writer = Thread.ofVirtual().start(() -> {
                try {
                    for (int length : lengths) {
                        peer.write(RawPeer.frame(length, length));
                    }
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });

            pollUntil(() -> handler.numbers.size() == lengths.length);
            writer.join();
        }
        assertThat(handler.lengths)
                .containsExactly(Arrays.stream(lengths).boxed().toArray(Integer[]::new));
    }
}
