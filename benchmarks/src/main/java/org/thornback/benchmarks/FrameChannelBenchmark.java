// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.thornback.layout.SegmentBuffer;
import org.thornback.transport.FrameChannel;
import org.thornback.transport.FrameHandler;
import org.thornback.transport.Poller;

/** Frames over a UNIX socket, both ends served by one thread: the cost of the code without any wake-up. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FrameChannelBenchmark {
    private static final int LENGTH = 120;
    private static final int BATCH = 100;

    private final Poller poller = new Poller();
    private Path directory;
    private FrameChannel channel;
    private long received;

    /** Counts what arrives. */
    private final class Counter implements FrameHandler {
        @Override
        public void onFrame(FrameChannel from, SegmentBuffer buffer, int offset, int length) {
            received += length;
        }

        @Override
        public void onClosed(FrameChannel closed) {
            received = Long.MIN_VALUE;
        }
    }

    /**
     * Connects.
     *
     * @throws IOException when there is no room for a socket.
     */
    @Setup(Level.Trial)
    public void connect() throws IOException {
        directory = Files.createTempDirectory("frames");
        Path socket = directory.resolve("s");
        poller.listen(socket, accepted -> new Counter());
        channel = poller.connect(socket, new Counter());
        poller.poll(0);
    }

    /**
     * Disconnects.
     *
     * @throws IOException when the socket cannot be removed.
     */
    @TearDown(Level.Trial)
    public void disconnect() throws IOException {
        poller.close();
        Files.delete(directory);
    }

    /**
     * One frame there, flushed at once.
     *
     * @return bytes received so far.
     */
    @Benchmark
    public long one() {
        send(true);
        return awaitAll(received + LENGTH);
    }

    /**
     * A hundred frames that travel together.
     *
     * @return bytes received so far.
     */
    @Benchmark
    public long hundredTogether() {
        long until = received + BATCH * LENGTH;
        for (int i = 1; i < BATCH; i++) {
            send(false);
        }
        send(true);
        return awaitAll(until);
    }

    private void send(boolean flush) {
        SegmentBuffer buffer = channel.claim(LENGTH);
        buffer.putLong(channel.offset(), received);
        channel.commit(LENGTH, flush);
    }

    private long awaitAll(long until) {
        while (received < until) {
            poller.poll(0);
        }
        return received;
    }
}
