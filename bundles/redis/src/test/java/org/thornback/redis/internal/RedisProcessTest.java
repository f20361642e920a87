// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.redis.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thornback.api.session.StreamPair;
import org.thornback.testkit.Await;

/** The watcher of a node that was killed while it started Redis. */
class RedisProcessTest {
    private static final int KILLED = 128 + 9;

    @TempDir
    private Path session;

    private Path started;
    private Process watcher;

    @BeforeEach
    void start() throws IOException {
        started = session.resolve("started");
        Path binary = Files.writeString(
                session.resolve("binary"),
                "#!/bin/sh\necho $$ > '%s.new'\nmv '%s.new' '%s'\nexec sleep 60\n"
                        .formatted(started, started, started));
        Files.setPosixFilePermissions(binary, PosixFilePermissions.fromString("rwx------"));
        StreamPair streams = new StreamPair(session.resolve("redis.out"), session.resolve("redis.err"));
        watcher = new ProcessBuilder(RedisProcess.command(binary, streams, session)).start();
    }

    @AfterEach
    void end() {
        watcher.destroyForcibly();
    }

    private void send(String lines) throws IOException {
        OutputStream input = watcher.getOutputStream();
        input.write(lines.getBytes(StandardCharsets.UTF_8));
        input.flush();
    }

    @Test
    void shouldStartNothingWhenTheConfigurationEndsTooSoon() throws Exception {
        send("port 1\nbind 127.0.0.1\n");
        watcher.getOutputStream().close();

        assertThat(watcher.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(watcher.exitValue()).isEqualTo(1);
        assertThat(started).doesNotExist();
    }

    @Test
    void shouldEndRedisWhenNobodyHearsItsNumberAnyMore() throws Exception {
        watcher.getInputStream().close();
        send("port 1\n" + RedisProcess.END + "\n");
        Await.await(() -> Files.exists(started), () -> "Redis has not been started");
        long redis = Long.parseLong(Files.readString(started).strip());

        watcher.getOutputStream().close();

        assertThat(watcher.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(watcher.exitValue()).as("Redis was killed by the watcher").isEqualTo(KILLED);
        assertThat(ProcessHandle.of(redis).filter(ProcessHandle::isAlive)).isEmpty();
    }
}
