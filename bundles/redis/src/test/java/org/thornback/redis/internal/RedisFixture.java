// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.redis.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.thornback.api.security.Secret;
import org.thornback.api.session.StreamPair;
import org.thornback.testkit.Await;

/** The real redis-server that the distribution ships, and what is needed to start it in a directory of a test. */
final class RedisFixture {
    /** Laid out like a distribution. */
    static final Path HOME = Path.of("target", "redis-home").toAbsolutePath();

    static final Path BINARY = unpack();

    private RedisFixture() {}

    private static Path unpack() {
        String processor = "aarch64".equals(System.getProperty("os.arch")) ? "arm64" : "amd64";
        Path binary = HOME.resolve("redis/linux-" + processor + "/redis-server");
        try (InputStream in = RedisFixture.class.getResourceAsStream("/redis-server-7.0.15-linux-" + processor)) {
            Files.createDirectories(binary.getParent());
            Files.copy(in, binary, StandardCopyOption.REPLACE_EXISTING);
            Files.setPosixFilePermissions(binary, PosixFilePermissions.fromString("rwxr-xr-x"));
            return binary;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RedisServer.Plan plan(Path session, String password) {
        return plan(session, password, BINARY);
    }

    static RedisServer.Plan plan(Path session, String password, Path binary) {
        return new RedisServer.Plan(
                "redis",
                binary,
                List.of("127.0.0.1"),
                0,
                Secret.of(password),
                new StreamPair(session.resolve("redis.out"), session.resolve("redis.err")),
                session);
    }

    /** The process that answers at the port; waits until one does. */
    static ProcessHandle redisAt(int port, Secret password) {
        long pid = Await.awaitValue(
                        () -> RedisPing.pid(port, password),
                        Optional::isPresent,
                        Duration.ofSeconds(10),
                        () -> "no Redis answers at port=" + port)
                .orElseThrow();
        return ProcessHandle.of(pid).orElseThrow();
    }

    /** Processes below this one, the watchers and servers of a session among them. */
    static List<ProcessHandle> below(Path session) {
        return ProcessHandle.allProcesses()
                .filter(process -> commandLine(process).contains(session.toString()))
                .toList();
    }

    /** With zero bytes between the arguments; empty for a process that is gone. */
    static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
        } catch (IOException gone) {
            return "";
        }
    }

    static void awaitEnd(ProcessHandle process) {
        Await.await(() -> !process.isAlive(), () -> "process=" + process.pid() + " lives on");
    }

    static void awaitNothingBelow(Path session) {
        Await.await(
                () -> below(session).isEmpty(),
                () -> "left="
                        + below(session).stream().map(RedisFixture::commandLine).toList());
    }
}
