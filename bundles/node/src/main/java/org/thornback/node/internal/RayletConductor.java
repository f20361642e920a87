// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thornback.api.transport.FrameLink;
import org.thornback.api.transport.FramePoller;
import org.thornback.api.transport.FrameReceiver;

/**
 * The thread that owns the raylet's state: it reads clients' messages, does what other threads hand it, and decides at the end
 * of each round.
 */
final class RayletConductor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("ray.raylet");

    private final FramePoller poller;
    private final ConcurrentLinkedQueue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private final Raylet raylet;
    private final Thread thread;
    private volatile boolean closed;

    RayletConductor(FramePoller poller, Raylet raylet) {
        this.poller = requireNonNull(poller, "poller");
        this.raylet = requireNonNull(raylet, "raylet");
        this.thread = Thread.ofPlatform().daemon().name("ray-raylet").unstarted(this::run);
    }

    void begin(Path socket, Function<FrameLink, FrameReceiver> accepted) {
        poller.listen(socket, accepted);
        thread.start();
    }

    /** Hands work to the conductor. Safe from any thread. */
    void execute(Runnable command) {
        commands.add(command);
        if (Thread.currentThread() != thread) {
            poller.wakeup();
        }
    }

    @Override
    public void close() {
        closed = true;
        poller.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        poller.close();
    }

    private void run() {
        while (!closed) {
            try {
                poller.poll(commands.isEmpty() ? raylet.nextRoundNanos() : 0);
                runCommands();
                raylet.endRound();
            } catch (RuntimeException e) {
                LOG.error("the raylet goes on after a defect", e);
            }
        }
    }

    private void runCommands() {
        Runnable command;
        while ((command = commands.poll()) != null) {
            command.run();
        }
    }
}
