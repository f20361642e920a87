// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thornback.itests.process.Playground;
import org.thornback.itests.process.Running;
import org.thornback.itests.programs.MoreThanFits;
import org.thornback.testkit.Await;
import org.thornback.testkit.Distribution.Answer;

/** Programs refer to more objects than fit into memory. */
class SpillIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Pattern WRITTEN_OUT = Pattern.compile("([\\d.]+)MiB written out");

    @TempDir
    private Path directory;

    private Path disk;
    private Playground playground;

    @BeforeEach
    void open() throws IOException {
        disk = Files.createDirectory(directory.resolve("disk"));
        playground = new Playground(directory);
    }

    @AfterEach
    void close() {
        playground.close();
    }

    @Test
    void shouldKeepOnDiskWhatDoesNotFitAndLeaveNothingThere() throws Exception {
        String address = playground.startHead(
                "--num-cpus=2", "--object-store-memory=80000000", "--object-spilling-directory=" + disk);
        Running program = playground.startProgram(MoreThanFits.class, "-Dray.address=" + address);
        Await.await(() -> writtenOut() > 20, LIMIT, () -> "the store writes nothing out");
        try (var files = Files.list(disk)) {
            assertThat(files).as("files with a name").isEmpty();
        }
        Answer answer = program.await(LIMIT);
        assertThat(answer.output()).as(answer.toString()).contains("whole here=40 there=40");
        Await.await(() -> writtenOut() == 0, LIMIT, () -> "objects of an ended program are still written out");
    }

    private double writtenOut() throws IOException, InterruptedException {
        Matcher matcher = WRITTEN_OUT.matcher(playground.ray("store", "list").output());
        return matcher.find() ? Double.parseDouble(matcher.group(1)) : 0;
    }
}
