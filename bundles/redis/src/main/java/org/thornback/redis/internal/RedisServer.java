// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.redis.internal;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thornback.api.InvalidInputException;
import org.thornback.api.security.Secret;
import org.thornback.api.session.StreamPair;

/**
 * A redis-server of this node at one port, started again with its data when it dies. Start and stop are called by one thread;
 * a new start after a death runs on a thread of its own.
 */
final class RedisServer {
    private static final Logger LOG = LoggerFactory.getLogger("ray.redis");
    private static final long READY_NANOS = 10_000_000_000L;
    private static final long STEP_NANOS = 2_000_000;
    private static final int MOST_PORTS = 100;
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    private final Plan plan;
    private final int port;
    private volatile RedisProcess process;
    private final CountDownLatch stop = new CountDownLatch(1);

    /**
     * What a server needs.
     *
     * @param name      of its files, for instance {@code redis-shard_0}.
     * @param binary    to run.
     * @param bind      addresses.
     * @param maxMemory most memory of its data in bytes; 0 for no limit.
     * @param password  of its users.
     * @param streams   of its output.
     * @param session   directory of the session.
     */
    record Plan(
            String name,
            Path binary,
            List<String> bind,
            long maxMemory,
            Secret password,
            StreamPair streams,
            Path session) {}

    private RedisServer(Plan plan, int port) {
        this.plan = requireNonNull(plan, "plan");
        this.port = port;
    }

    /**
     * Starts at a given port, or refuses when somebody else has it.
     *
     * @throws CancellationException when the thread is interrupted meanwhile.
     */
    static RedisServer startAt(Plan plan, int port) {
        RedisServer server = new RedisServer(plan, port);
        if (!RedisPing.isTaken(port) && server.begin()) {
            return server;
        }
        throw taken(port);
    }

    /**
     * Starts at a free port: takes the kernel's suggestion and asks for the next one if somebody was quicker.
     *
     * @throws CancellationException when the thread is interrupted meanwhile.
     */
    static RedisServer startAnywhere(Plan plan) {
        for (int i = 0; i < MOST_PORTS; i++) {
            RedisServer server = new RedisServer(plan, suggestedPort());
            if (server.begin()) {
                return server;
            }
        }
        throw new InvalidInputException("no free port for " + plan.name() + " was found; see "
                + plan.streams().out());
    }

    /** Launches and waits; false when somebody else was quicker to take the port. */
    private boolean begin() {
        launch();
        if (awaitReady()) {
            watch();
            return true;
        }
        stop();
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("the start of " + plan.name() + " was given up");
        }
        if (!RedisPing.isTaken(port)) {
            throw new InvalidInputException(plan.binary() + " does not start with port=" + port + ", bind="
                    + String.join(" ", plan.bind()) + "; " + plan.streams().out() + " says why.");
        }
        return false;
    }

    int port() {
        return port;
    }

    void stop() {
        stop.countDown();
        process.stop();
    }

    private static InvalidInputException taken(int port) {
        return new InvalidInputException("Ray is trying to start at port=" + port
                + ", but something is already running there; choose a different one with --port (0 for a free one),"
                + " or stop what runs (ray stop).");
    }

    private void launch() {
        try {
            Path directory = plan.session().resolve("redis").resolve(plan.name());
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            process = RedisProcess.start(plan.binary(), configuration(directory), plan.streams(), plan.session());
        } catch (IOException e) {
            throw new InvalidInputException(
                    plan.binary() + " could not be started: " + e.getMessage() + "; install redis-server.", e);
        }
    }

    private List<String> configuration(Path directory) {
        List<String> lines = new ArrayList<>();
        lines.add("port " + port);
        lines.add("bind " + String.join(" ", plan.bind()));
        lines.add("protected-mode no");
        lines.add("requirepass " + quoted(plan.password().reveal()));
        lines.add("dir " + quoted(directory.toString()));
        lines.add("save \"\"");
        lines.add("appendonly yes");
        // Every second would be too late: while one is under way, Redis answers what it has not even written. Facts are
        // few.
        lines.add("appendfsync always");
        lines.add("daemonize no");
        lines.add("maxmemory " + plan.maxMemory());
        lines.add("maxmemory-policy noeviction"); // a fact that was written stays, or the write fails
        // ps and ray stop see whose server it is.
        lines.add("proc-title-template " + quoted("{title} {listen-addr} " + titleOf(plan.session())));
        return lines;
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** Braces mean something in the template of Redis. */
    private static String titleOf(Path session) {
        return session.toString().replaceAll("[{}]", "?");
    }

    /** Ready is: the server at our port takes our password and is the process we started. */
    private boolean awaitReady() {
        long deadline = System.nanoTime() + READY_NANOS;
        while (System.nanoTime() < deadline
                && process.isAlive()
                && !Thread.currentThread().isInterrupted()) {
            Optional<Long> pid = process.pid();
            if (pid.isPresent() && pid.equals(RedisPing.pid(port, plan.password()))) {
                return true;
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
        return false;
    }

    private void watch() {
        process.onExit()
                .thenAcceptAsync(
                        this::restart,
                        task -> Thread.ofPlatform()
                                .daemon()
                                .name("ray-redis-restart")
                                .start(task));
    }

    /** Starts Redis again until it answers, with longer and longer pauses while it does not. */
    private void restart(int status) {
        long pauseMillis = FIRST_PAUSE_MILLIS;
        int last = status;
        while (!stopping()) {
            LOG.error("{} at port {} ended with status {}; it is started again with its data", plan.name(), port, last);
            if (launchedAgain()) {
                return;
            }
            last = process.onExit().getNow(-1);
            if (stoppedWithin(pauseMillis)) {
                return;
            }
            pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
        }
    }

    private boolean launchedAgain() {
        try {
            launch();
        } catch (InvalidInputException gone) {
            LOG.error("{} at port {} could not be started again: {}", plan.name(), port, gone.getMessage());
            return false;
        }
        boolean ready = awaitReady();
        if (ready && !stopping()) {
            LOG.warn("{} at port {} answers again", plan.name(), port);
            watch();
            return true;
        }
        process.stop();
        return false;
    }

    private boolean stopping() {
        return stop.getCount() == 0;
    }

    private boolean stoppedWithin(long millis) {
        try {
            return stop.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static int suggestedPort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new InvalidInputException("no port is free: " + e.getMessage() + "; end other programs.", e);
        }
    }
}
