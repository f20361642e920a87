// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.deploy.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTest {
    private static final long REST = 100;

    @TempDir
    private Path directory;

    private Folder folder;
    private long now;

    @BeforeEach
    void create() {
        folder = new Folder(directory, REST);
    }

    private Folder.Look lookLater(long nanos) {
        now += nanos;
        return folder.look(now);
    }

    @Test
    void shouldTellOfAFileOnceItIsAtRestAndOnlyOnce() throws IOException {
        Path file = Files.writeString(directory.resolve("a.cfg"), "a");
        assertThat(lookLater(0)).isEqualTo(new Folder.Look(List.of(), List.of(), true));
        assertThat(lookLater(REST - 1).changed()).as("too early").isEmpty();

        assertThat(lookLater(1)).isEqualTo(new Folder.Look(List.of(file), List.of(), false));

        assertThat(lookLater(REST)).isEqualTo(new Folder.Look(List.of(), List.of(), false));
    }

    @Test
    void shouldWaitForAFileThatGrows() throws IOException {
        Path file = Files.writeString(directory.resolve("a.cfg"), "a");
        lookLater(0);
        for (int length = 2; length < 6; length++) {
            Files.writeString(file, "a".repeat(length));
            assertThat(lookLater(REST)).isEqualTo(new Folder.Look(List.of(), List.of(), true));
        }

        assertThat(lookLater(REST).changed()).containsExactly(file);
    }

    @Test
    void shouldTellThatAFileIsGoneWhenItIsAwayTwiceAndNotWhenItIsReplaced() throws IOException {
        Path file = Files.writeString(directory.resolve("a.cfg"), "a");
        lookLater(0);
        lookLater(REST);
        Files.delete(file);
        assertThat(lookLater(REST).gone()).as("it may be replaced").isEmpty();
        Files.writeString(file, "other");
        assertThat(lookLater(REST).gone()).isEmpty();
        assertThat(lookLater(REST).changed()).containsExactly(file);
        Files.delete(file);
        lookLater(REST);

        assertThat(lookLater(REST).gone()).containsExactly("a.cfg");
    }

    @Test
    void shouldLookAtWhatConcernsItAndBeContentWithoutADirectory() throws IOException {
        Files.writeString(directory.resolve(".hidden.cfg"), "a");
        Files.writeString(directory.resolve("notes.txt"), "a");
        Files.createDirectory(directory.resolve("directory.jar"));

        assertThat(lookLater(0)).isEqualTo(new Folder.Look(List.of(), List.of(), false));
        assertThat(new Folder(directory.resolve("nowhere"), REST).look(0).restless())
                .isFalse();
    }
}
