// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.log.layout.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {
    private static final int PATIENCE = 3;

    @TempDir
    Path directory;

    private Path file;
    private LogTail tail;

    @BeforeEach
    void create() throws IOException {
        file = Files.createFile(directory.resolve("worker.out"));
        tail = new LogTail(file, PATIENCE);
    }

    private void print(String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.APPEND);
    }

    @Test
    void shouldGiveEachLineOnceWhenItIsComplete() throws IOException {
        assertThat(tail.read()).isEmpty();
        print("one\ntw");
        assertThat(tail.read()).isEqualTo("one\n");
        assertThat(tail.read()).isEmpty();
        print("o\nthree\n");
        assertThat(tail.read()).isEqualTo("two\nthree\n");
        assertThat(tail.read()).isEmpty();
    }

    @Test
    void shouldGiveTheLastWordsOfAWriterThatDiedInTheMiddleOfALine() throws IOException {
        print("last wo");
        assertThat(tail.read()).isEmpty();
        print("rds");
        for (int look = 0; look < PATIENCE; look++) {
            assertThat(tail.read()).isEmpty();
        }
        assertThat(tail.read()).isEqualTo("last words\n");
        assertThat(tail.read()).isEmpty();
    }

    @Test
    void shouldGiveALineLongerThanItHoldsInPiecesThatSplitNoCharacter() throws IOException {
        String line = "x" + "€".repeat(200_000) + "\n";
        print(line);
        StringBuilder all = new StringBuilder();
        String piece;
        while (!(piece = tail.read()).isEmpty()) {
            all.append(piece);
        }
        assertThat(all.toString().equals(line)).as("pieces put together").isTrue();
    }

    @Test
    void shouldBeginAnewWhenTheFileWasEmptied() throws IOException {
        print("before\n");
        tail.read();
        Files.writeString(file, "new\n");
        assertThat(tail.read()).isEqualTo("new\n");
    }
}
