// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.redis.internal;

import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thornback.api.InvalidInputException;
import org.thornback.api.security.Secret;
import org.thornback.api.session.StreamPair;

/**
 * A redis-server of this node at one port, started again with its data when it dies. Start and stop are called by one thread;
 * the watch runs on a thread of the JDK's.
 */
final class RedisServer {
    private static final Logger LOG = LoggerFactory.getLogger("ray.redis");
    private static final String LOOPBACK = "127.0.0.1";
    private static final long READY_NANOS = 10_000_000_000L;
    private static final long STEP_NANOS = 2_000_000;
    private static final int MOST_RESTARTS = 100;

    private final Plan plan;
    private final int port;
    private volatile RedisProcess process;
    private volatile boolean stopping;
    private int restarts;

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

    /** Starts at a given port, or refuses when somebody else has it. */
    static RedisServer startAt(Plan plan, int port) {
        RedisServer server = new RedisServer(plan, port);
        if (server.answers()) {
            throw taken(port);
        }
        server.launch();
        if (!server.awaitReady()) {
            server.stop();
            throw taken(port);
        }
        server.watch();
        return server;
    }

    /** Starts at a free port: takes the kernel's suggestion and asks for the next one if somebody was quicker. */
    static RedisServer startAnywhere(Plan plan) {
        for (int i = 0; i < MOST_RESTARTS; i++) {
            RedisServer server = new RedisServer(plan, suggestedPort());
            server.launch();
            if (server.awaitReady()) {
                server.watch();
                return server;
            }
            server.stop();
        }
        throw new InvalidInputException("no free port for " + plan.name() + " was found; see "
                + plan.streams().out());
    }

    int port() {
        return port;
    }

    void stop() {
        stopping = true;
        RedisProcess running = process;
        if (running != null) {
            running.stop();
        }
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
        lines.add("requirepass " + plan.password().reveal());
        lines.add("dir \"" + directory + "\"");
        lines.add("save \"\"");
        lines.add("appendonly yes");
        lines.add("appendfsync everysec");
        lines.add("daemonize no");
        // ps and ray stop see whose server it is.
        lines.add("proc-title-template \"{title} {listen-addr} " + plan.session() + "\"");
        lines.add("maxmemory " + plan.maxMemory());
        lines.add("maxmemory-policy noeviction"); // a fact that was written stays, or the write fails
        return lines;
    }

    /** Ready is: a server at our port takes our password while our process lives. */
    private boolean awaitReady() {
        long deadline = System.nanoTime() + READY_NANOS;
        while (System.nanoTime() < deadline && process.isAlive()) {
            if (answers()) {
                return process.isAlive();
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
        return false;
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(LOOPBACK, port), 1000);
            socket.setSoTimeout(1000);
            Writer out = new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.UTF_8);
            out.write("PING\r\n");
            out.flush();
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)).readLine()
                    != null;
        } catch (IOException e) {
            return false; // nobody there yet
        }
    }

    private void watch() {
        process.onExit().thenAccept(status -> {
            if (stopping || restarts++ >= MOST_RESTARTS) {
                return;
            }
            LOG.error(
                    "{} at port {} ended with status {}; it is started again with its data", plan.name(), port, status);
            launch();
            if (awaitReady()) {
                LOG.warn("{} at port {} answers again", plan.name(), port);
            }
            watch();
        });
    }

    private static int suggestedPort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new InvalidInputException("no port is free: " + e.getMessage() + "; end other programs.", e);
        }
    }
}
