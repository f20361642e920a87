// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.shell.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thornback.testkit.Await;

class LogReaderTest {
    @TempDir
    Path directory;

    private String end(String content, int lines) throws IOException {
        Path file = Files.writeString(directory.resolve("a.out"), content);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new LogReader(file).copyEnd(lines, out);
        return out.toString(UTF_8);
    }

    @Test
    void shouldShowTheLastLines() throws IOException {
        assertThat(end("1\n2\n3\n", 2)).isEqualTo("2\n3\n");
        assertThat(end("1\n2\n3", 2)).as("the last one has no end yet").isEqualTo("2\n3");
        assertThat(end("1\n2\n3\n", 3)).isEqualTo("1\n2\n3\n");
        assertThat(end("1\n2\n3\n", 9)).isEqualTo("1\n2\n3\n");
        assertThat(end("1\n2\n3\n", 0)).isEmpty();
        assertThat(end("1\n2\n3\n", -1)).as("all").isEqualTo("1\n2\n3\n");
        assertThat(end("", 2)).isEmpty();
        assertThat(end("x".repeat(200_000) + "\n" + "y".repeat(100_000) + "\n", 1))
                .isEqualTo("y".repeat(100_000) + "\n");
    }

    @Test
    void shouldGoOnWithWhatIsWrittenAlsoBehindARotation() throws Exception {
        Path file = Files.writeString(directory.resolve("a.out"), "1\n2\n");
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(seen, true);
        LogReader reader = new LogReader(file);
        reader.copyEnd(1, out);
        Thread following = Thread.ofVirtual().start(() -> {
            try {
                reader.follow(out);
            } catch (IOException | InterruptedException end) {
                out.print("end");
            }
        });

        Files.writeString(file, "3\n", StandardOpenOption.APPEND);
        Await.await(() -> seen.toString(UTF_8).equals("2\n3\n"), () -> "seen=" + seen);
        Path next = Files.writeString(directory.resolve("next"), "4\n5\n6\n7\n");
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
        Await.await(() -> seen.toString(UTF_8).equals("2\n3\n4\n5\n6\n7\n"), () -> "seen=" + seen);

        following.interrupt();
        following.join();
        assertThat(seen.toString(UTF_8)).endsWith("7\nend");
    }
}
