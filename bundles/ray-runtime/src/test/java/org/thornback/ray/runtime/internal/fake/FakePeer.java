// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.fake;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.thornback.layout.SegmentBuffer;
import org.thornback.layout.message.MessageHeaderDecoder;
import org.thornback.testkit.ThreadDump;
import org.thornback.transport.FrameChannel;
import org.thornback.transport.FrameHandler;
import org.thornback.transport.Poller;

/** Another process's end of a socket, on a thread of its own: it tells what it received, and does what the test says. */
public abstract class FakePeer implements FrameHandler, AutoCloseable {
    private static final long PATIENCE_SECONDS = 10;

    private final Poller poller = new Poller();
    private final Path socket;
    private final Thread thread;
    private final BlockingQueue<Object> received = new LinkedBlockingQueue<>();
    private final ConcurrentLinkedQueue<CompletableFuture<Void>> settling = new ConcurrentLinkedQueue<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private volatile FrameChannel channel;
    private volatile boolean stopped;

    FakePeer(Path socket) {
        this.socket = socket;
        poller.listen(socket, accepted -> {
            channel = accepted;
            return this;
        });
        thread = Thread.ofPlatform()
                .daemon()
                .name("fake " + socket.getFileName())
                .start(this::run);
    }

    private void run() {
        while (!stopped) {
            poller.poll(settling.isEmpty() ? Long.MAX_VALUE : 0);
            List<CompletableFuture<Void>> settled = new ArrayList<>();
            CompletableFuture<Void> next;
            while ((next = settling.poll()) != null) {
                settled.add(next);
            }
            poller.poll(0);
            settled.forEach(future -> future.complete(null));
        }
        poller.close();
    }

    /** Where it listens. */
    public Path socket() {
        return socket;
    }

    /** The connection that was made last. */
    FrameChannel channel() {
        return channel;
    }

    /** What was received next; fails when nothing comes. */
    public <T> T next(Class<T> type) {
        Object next;
        try {
            next = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
        if (!type.isInstance(next)) {
            throw new AssertionError("expected a " + type.getSimpleName() + " on socket=" + socket + ", got " + next
                    + ", then " + received + "\n" + ThreadDump.text());
        }
        return type.cast(next);
    }

    /** What was received and not yet asked for, once all that is on the way has arrived. */
    public List<Object> rest() {
        settle();
        List<Object> rest = new ArrayList<>();
        received.drainTo(rest);
        return rest;
    }

    private void settle() {
        CompletableFuture<Void> settled = new CompletableFuture<>();
        settling.add(settled);
        poller.wakeup();
        settled.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    /** Ends its connection, as the kernel does for a process that dies. */
    public void die() {
        channel.close();
    }

    void tell(Object event) {
        received.add(event);
    }

    abstract void received(int template, SegmentBuffer buffer, int offset, MessageHeaderDecoder messageHeader);

    @Override
    public void onFrame(FrameChannel from, SegmentBuffer buffer, int offset, int length) {
        header.wrap(buffer, offset);
        received(header.templateId(), buffer, offset, header);
    }

    @Override
    public void onClosed(FrameChannel closed) {
        tell(new Ended());
    }

    /** The connection ended. */
    public record Ended() {}

    @Override
    public void close() {
        stopped = true;
        poller.wakeup();
    }
}
