// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.log.layout.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thornback.api.session.StreamPair;

class ComponentStreamsTest {
    private static final long PLENTY = 1 << 20;

    @TempDir
    Path logs;

    private final Logger log = LoggerFactory.getLogger("ray.raylet");
    private ComponentStreams streams;

    private ComponentStreams attach(long maxBytes, int backups, Level level) {
        streams = new ComponentStreams(logs, new PageLayout(), new ComponentStreams.Rules(level, maxBytes, backups));
        streams.attach("raylet");
        return streams;
    }

    @AfterEach
    void close() {
        streams.close();
    }

    private String text(String file) throws IOException {
        return Files.readString(logs.resolve(file));
    }

    private TreeSet<String> files() throws IOException {
        try (Stream<Path> all = Files.list(logs)) {
            return new TreeSet<>(all.map(path -> path.getFileName().toString()).toList());
        }
    }

    @Test
    void shouldWriteAllToOutAndOnlyWarningsAndWorseToErr() throws IOException {
        attach(PLENTY, 1, Level.INFO);

        log.info("a task can run");
        log.debug("too much detail");
        assertThat(text("raylet.err")).as("empty when all is well").isEmpty();
        log.warn("worker pid={} died", 7, new IllegalStateException("of this cause"));

        assertThat(text("raylet.out"))
                .contains("INFO raylet", "a task can run", "worker pid=7 died")
                .doesNotContain("too much detail");
        assertThat(text("raylet.err"))
                .contains("WARN raylet", "worker pid=7 died", "IllegalStateException: of this cause", "\tat ")
                .doesNotContain("a task can run");
    }

    @Test
    void shouldKeepTheComponentsApart() throws IOException {
        attach(PLENTY, 1, Level.INFO).attach("monitor");

        LoggerFactory.getLogger("ray.monitor").info("watches");

        assertThat(text("monitor.out")).contains("watches");
        assertThat(text("raylet.out")).isEmpty();
    }

    @Test
    void shouldLogAsMuchAsTheLevelSays() throws IOException {
        attach(PLENTY, 1, Level.DEBUG);
        log.debug("much detail");
        assertThat(text("raylet.out")).contains("much detail");
    }

    @Test
    void shouldGoOnByOtherRulesWhenTheyChange() throws IOException {
        attach(PLENTY, 1, Level.INFO);
        log.debug("before");
        log.info("a line of some length that is there before {}", "x".repeat(2_000));

        streams.change(new ComponentStreams.Rules(Level.DEBUG, 1024, 3));
        log.debug("after");
        log.info("the next");

        assertThat(text("raylet.out.1") + text("raylet.out"))
                .contains("after", "the next")
                .doesNotContain("before\n");
        assertThat(text("raylet.out")).doesNotContain("a line of some length");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 30})
    void shouldBeginANewFileAtTheSizeAndKeepAsManyOldOnesAsWasAskedFor(int backups) throws IOException {
        attach(1024, backups, Level.INFO);
        int lines = 600;
        for (int i = 0; i < lines; i++) {
            log.info("line {} {}", i, "x".repeat(50));
        }

        TreeSet<String> expected = new TreeSet<>(Set.of("raylet.err", "raylet.out"));
        List<String> oldestFirst = new ArrayList<>();
        for (int i = backups; i > 0; i--) {
            expected.add("raylet.out." + i);
            oldestFirst.addAll(Files.readAllLines(logs.resolve("raylet.out." + i)));
        }
        oldestFirst.addAll(Files.readAllLines(logs.resolve("raylet.out")));
        assertThat(files()).isEqualTo(expected);
        for (String file : expected) {
            assertThat(Files.size(logs.resolve(file))).as(file).isLessThan(1024 + 200);
        }
        for (int i = 1; i <= oldestFirst.size(); i++) {
            assertThat(oldestFirst.get(oldestFirst.size() - i)).contains("line " + (lines - i) + " ");
        }
    }

    @Test
    void shouldMakeTheFilesOfAProcessForTheUserOnly() throws IOException {
        StreamPair pair = attach(PLENTY, 1, Level.INFO).streams("worker-abc");

        assertThat(pair.out()).isEqualTo(logs.resolve("worker-abc.out"));
        assertThat(pair.err()).isEqualTo(logs.resolve("worker-abc.err"));
        for (Path file : new Path[] {pair.out(), pair.err(), logs.resolve("raylet.out")}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
        Files.writeString(pair.out(), "kept");
        streams.streams("worker-abc");
        assertThat(pair.out()).hasContent("kept");
    }

    @Test
    void shouldStopWritingWhenTheSessionEnds() throws IOException {
        attach(PLENTY, 1, Level.INFO);
        streams.close();
        log.error("after the end");
        assertThat(text("raylet.out")).isEmpty();
    }
}
