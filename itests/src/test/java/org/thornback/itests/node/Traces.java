// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.thornback.itests.process.Playground;
import org.thornback.testkit.Await;

/** What a cluster must not leave behind. */
final class Traces {
    static final Duration SOON = Duration.ofSeconds(3);

    private Traces() {}

    /** Within three seconds nothing runs, listens or takes memory any more. */
    static void awaitNone(Playground playground) {
        playground.awaitNoProcess(SOON);
        Await.await(() -> sockets(playground).isEmpty(), SOON, () -> "sockets are left: " + sockets(playground));
        assertThat(sharedMemory()).isEmpty();
    }

    /** Sockets somebody listens at, and files of sockets. */
    static List<String> sockets(Playground playground) {
        try (Stream<String> open = Files.lines(Path.of("/proc/net/unix"));
                Stream<Path> files = Files.walk(playground.tempRoot())) {
            String root = playground.tempRoot().toString();
            Stream<String> inUse = open.filter(line -> line.contains(root));
            Stream<String> left = files.filter(file -> !Files.isRegularFile(file) && !Files.isDirectory(file))
                    .map(Path::toString);
            return Stream.concat(inUse, left).toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Files in shared memory that are ours by name. */
    static List<Path> sharedMemory() {
        try (Stream<Path> files = Files.list(Path.of("/dev/shm"))) {
            return files.filter(file -> file.getFileName().toString().matches("(?i).*(ray|plasma|thornback).*"))
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
