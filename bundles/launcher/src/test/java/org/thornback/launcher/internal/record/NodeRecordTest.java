// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thornback.api.cluster.NodeDescription;

class NodeRecordTest {
    @TempDir
    private Path session;

    @Test
    void shouldReadWhatItWrote() throws IOException {
        NodeRecord record = record(session.resolve("odd = name\\with: signs"));
        Files.createDirectories(record.node().sessionDirectory());

        Path file = record.write();

        assertThat(NodeRecord.parse(Files.readString(file))).isEqualTo(record);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(NodeRecord.read(record.node().sessionDirectory(), record.process()))
                .contains(record);
    }

    @Test
    void shouldNotMistakeALaterProcessWithTheSameNumber() throws IOException {
        NodeRecord record = record(session);
        record.write();

        ProcessId later = new ProcessId(record.process().pid(), record.process().startTicks() + 1);

        assertThat(NodeRecord.read(session, later)).isEmpty();
    }

    @Test
    void shouldNameWhatIsMissingOrOfAnotherFormat() {
        assertThatThrownBy(() -> NodeRecord.parse("format=2\n")).hasMessageContaining("format=2, expected 1");
        assertThatThrownBy(() -> NodeRecord.parse("format=1\npid=5\n")).hasMessageContaining("key=startTicks");
    }

    @Test
    void shouldHaveNoRecordWhenTheNodeIsNotReady() {
        assertThat(NodeRecord.read(session, ProcessId.self())).isEmpty();
    }

    private static NodeRecord record(Path session) {
        return new NodeRecord(
                ProcessId.self(),
                true,
                new NodeDescription(
                        "ab".repeat(28),
                        "10.0.0.7",
                        "10.0.0.7:6379",
                        session,
                        session.resolve("raylet"),
                        session.resolve("plasma_store"),
                        session.resolve("command")));
    }
}
