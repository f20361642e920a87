// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.redis.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thornback.api.InvalidInputException;

class RedisBinaryTest {
    @TempDir
    Path root;

    /** A directory with an executable redis-server of that content. */
    private Path directory(String name, String content) throws IOException {
        Path directory = Files.createDirectory(root.resolve(name));
        Path binary = Files.writeString(directory.resolve("redis-server"), content);
        Files.setPosixFilePermissions(binary, PosixFilePermissions.fromString("rwxr-xr-x"));
        return directory;
    }

    private Path directoryOfVersion(String version) throws IOException {
        return directory(
                version,
                "#!/bin/sh\necho 'Redis server v=" + version + " sha=00000000:0 malloc=libc bits=64 build=0'\n");
    }

    @Test
    void shouldTakeTheFirstOnThePathThatIsNewEnough() throws IOException {
        Path old = directoryOfVersion("6.0.16");
        Path least = directoryOfVersion("6.2.0");
        Path newest = directoryOfVersion("10.0.1");

        assertThat(RedisBinary.find(old + ":" + least + ":" + newest, RedisFixture.HOME))
                .isEqualTo(least.resolve("redis-server"));
        assertThat(RedisBinary.find(":" + newest + ":", RedisFixture.HOME)).isEqualTo(newest.resolve("redis-server"));
    }

    @Test
    void shouldTakeTheShippedOneWhenThereIsNoneThatWorksOnThePath() throws IOException {
        Path old = directoryOfVersion("5.0.7");
        Path text = directory("text", "not a program");
        Path failing = directory("failing", "#!/bin/sh\nexit 1\n");
        Path forbidden = directoryOfVersion("7.0.0");
        Files.setPosixFilePermissions(forbidden.resolve("redis-server"), PosixFilePermissions.fromString("rw-r--r--"));

        Path found = RedisBinary.find(
                String.join(
                        ":",
                        old.toString(),
                        text.toString(),
                        failing.toString(),
                        forbidden.toString(),
                        root.resolve("missing").toString()),
                RedisFixture.HOME);

        assertThat(found).isEqualTo(RedisFixture.BINARY);
    }

    @Test
    void shouldFindTheShippedOneNewEnough() {
        assertThat(RedisBinary.find(RedisFixture.BINARY.getParent().toString(), root))
                .isEqualTo(RedisFixture.BINARY);
    }

    @Test
    void shouldSayWhatToInstallWhenThereIsNone() {
        assertThatThrownBy(() -> RedisBinary.find("", root))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("version 6.2 or newer")
                .hasMessageContaining(root.toString());
    }
}
