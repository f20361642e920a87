// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.benchmarks.micro;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.thornback.layout.SegmentBuffer;
import org.thornback.transport.FrameChannel;
import org.thornback.transport.FrameHandler;
import org.thornback.transport.Poller;

/**
 * Frames over a UNIX socket, written and read by one thread: what a frame costs without the wake-up of another core, alone and
 * in a batch.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FrameChannelBenchmark {
    private static final int LENGTH = 96;
    private static final int BATCH = 100;

    private final Counter counter = new Counter();
    private Path directory;
    private Poller listening;
    private Poller connecting;
    private FrameChannel channel;

    private static final class Counter implements FrameHandler {
        private long frames;

        @Override
        public void onFrame(FrameChannel from, SegmentBuffer buffer, int offset, int length) {
            frames++;
        }

        @Override
        public void onClosed(FrameChannel closed) {
            // Only the end of the benchmark closes it.
        }
    }

    /**
     * Connects both ends.
     *
     * @throws IOException when there is no temporary directory.
     */
    @Setup
    public void setUp() throws IOException {
        directory = Files.createTempDirectory("frames");
        listening = new Poller();
        listening.listen(directory.resolve("socket"), accepted -> counter);
        connecting = new Poller();
        channel = connecting.connect(directory.resolve("socket"), counter);
        single();
    }

    /**
     * Closes both ends.
     *
     * @throws IOException when the directory cannot be removed.
     */
    @TearDown
    public void tearDown() throws IOException {
        connecting.close();
        listening.close();
        Files.delete(directory);
    }

    /** One frame, handed to the kernel at once. */
    @Benchmark
    public void single() {
        send(true);
        await(1);
    }

    /** Many frames that travel together. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void batched() {
        for (int i = 1; i < BATCH; i++) {
            send(false);
        }
        send(true);
        await(BATCH);
    }

    private void send(boolean flush) {
        SegmentBuffer buffer = channel.claim(LENGTH);
        buffer.putLong(channel.offset(), 1);
        channel.commit(LENGTH, flush);
    }

    private void await(int frames) {
        long wanted = counter.frames + frames;
        while (counter.frames < wanted) {
            listening.poll(0);
        }
    }
}
