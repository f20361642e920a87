// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.thornback.plasma.store.internal.StoreFixture.now;
import static org.thornback.plasma.store.internal.TestClient.id;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.thornback.api.store.StoreCounter;
import org.thornback.api.store.StoreFullException;
import org.thornback.api.store.WritableObject;
import org.thornback.plasma.shm.internal.ShmBackend;

/** A store in a real tmpfs that others fill up: nobody is killed for touching memory that is not there. */
@Timeout(60)
class FullMemoryTest {
    private static final int MIB = 1 << 20;

    @TempDir
    private Path directory;

    private Path memory;
    private boolean mounted;
    private PlasmaStore store;

    @BeforeEach
    void mount() throws IOException, InterruptedException {
        memory = Files.createDirectory(directory.resolve("memory"));
        mounted = run("mount", "-t", "tmpfs", "-o", "size=32m", "none", memory.toString()) == 0;
        Assumptions.assumeTrue(mounted, "only root can mount a tmpfs");
        store = PlasmaStore.start(
                new StoreConfig(directory.resolve("store"), 24L * MIB, Duration.ofMillis(300)),
                new ShmBackend(new LinuxMemoryFiles(), Optional.of(memory)));
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        if (store != null) {
            store.close();
        }
        if (mounted) { // what a client of this process mapped is unmapped when it is collected
            assertThat(run("umount", "--lazy", memory.toString())).isZero();
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private void put(int number) {
        try (WritableObject object = now(store.create(id(number), MIB, 0))) {
            object.data().fill((byte) number);
            object.seal();
        }
        store.hold(List.of(id(number)), "owner");
        assertThat(now(store.contains(id(number)))).isTrue();
    }

    /** Takes all that is left. */
    private Path fill() throws IOException {
        Path file = memory.resolve("others");
        byte[] page = new byte[4096];
        try (OutputStream output = Files.newOutputStream(file)) {
            while (true) {
                output.write(page);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
        return file;
    }

    @Test
    void shouldRefuseAtCreateWhatHasNoMemoryBehindItAndGoOnWhenThereIsSome() throws IOException {
        put(1);
        Path others = fill();
        int number = 2;
        while (true) {
            try {
                put(number);
                number++;
            } catch (StoreFullException full) {
                assertThat(full)
                        .hasMessageContaining("does not fit: the memory below the store is full")
                        .hasMessageContaining("make room there or choose a smaller object-store-memory");
                break;
            }
        }
        assertThat(number).as("objects that were reserved for before").isLessThan(24);
        try (TestClient client = new TestClient(directory.resolve("store"))) {
            int refused = 1000;
            assertThatThrownBy(() -> client.create(id(refused), MIB))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("the memory below the store is full");
            assertThat(client.read(id(1))).containsOnly(1);
        }
        Files.delete(others);
        for (; number <= 24; number++) {
            put(number);
        }
        assertThat(store.statistics().value(StoreCounter.USED_BYTES)).isEqualTo(24L * MIB);
        assertThat(store.statistics().value(StoreCounter.CONDUCTOR_ERRORS_TOTAL))
                .isZero();
    }
}
