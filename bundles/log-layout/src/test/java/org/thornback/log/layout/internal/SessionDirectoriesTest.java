// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.log.layout.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionDirectoriesTest {
    private static final LocalDateTime NOW = LocalDateTime.of(2026, 3, 29, 3, 0, 0, 123_456_789);

    @TempDir
    Path root;

    private SessionDirectories begin(LocalDateTime now, long pid) throws IOException {
        return SessionDirectories.create(root, new PageLayout(), now, pid, Map.of());
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void shouldNameASessionByItsStartToTheMicrosecondAndItsPid() throws IOException {
        assertThat(begin(NOW, 4711).name()).isEqualTo("session_2026-03-29_03-00-00_123456_4711");
    }

    @Test
    void shouldSortAfterEveryEarlierSessionEvenWhenTheClockWentBack() throws IOException {
        Files.createFile(root.resolve("session_"));
        Files.createDirectory(root.resolve("session_zzz"));
        List<String> names = new ArrayList<>();
        for (LocalDateTime start :
                List.of(NOW, NOW, NOW.minusHours(1), NOW.minusYears(1), NOW.minusSeconds(1), NOW.plusSeconds(1))) {
            names.add(begin(start, 1_000 - names.size()).name());
        }

        assertThat(names).isSorted().doesNotHaveDuplicates().hasSize(6);
        assertThat(names.getLast()).as("the clock has caught up").contains("03-00-01_123456");
    }

    @Test
    void shouldLetOnlyItsUserIn() throws IOException {
        SessionDirectories session = begin(NOW, 1);

        for (Path directory : List.of(session.directory(), session.logs(), session.sockets())) {
            assertThat(mode(directory)).as(directory.toString()).isEqualTo("rwx------");
        }
    }

    @Test
    void shouldLeadLatestToTheNewestSessionAndLeaveWhatIsNoLink() throws IOException {
        Path latest = root.resolve("session_latest");
        begin(NOW, 1);
        SessionDirectories second = begin(NOW, 2);
        assertThat(latest.toRealPath()).isEqualTo(second.directory().toRealPath());
        assertThat(root.toFile().list()).noneMatch(name -> name.startsWith("."));

        Files.delete(latest);
        Files.createDirectory(latest);
        begin(NOW, 3);
        assertThat(latest).isDirectory();
        assertThat(Files.isSymbolicLink(latest)).isFalse();
    }

    @Test
    void shouldPutSocketsIntoAShortDirectoryWhenThePathIsTooLongForThem() throws IOException {
        root = Files.createDirectories(root.resolve("x".repeat(60)));
        SessionDirectories session = begin(NOW, 1);

        Path socket = session.socket("plasma_store");

        assertThat(socket.toString().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(108);
        assertThat(session.directory().resolve("sockets").toRealPath()).isEqualTo(session.sockets());
        assertThat(mode(session.sockets())).isEqualTo("rwx------");
        session.close();
        assertThat(session.sockets()).doesNotExist();
        assertThat(session.directory().resolve("sockets")).doesNotExist();
        assertThat(session.logs()).exists();
    }

    @Test
    void shouldPreferTheUsersRuntimeDirectoryForShortSockets() throws IOException {
        Path runtime = Files.createDirectory(root.resolve("run"));
        root = Files.createDirectories(root.resolve("x".repeat(60)));

        SessionDirectories session = SessionDirectories.create(
                root, new PageLayout(), NOW, 1, Map.of("XDG_RUNTIME_DIR", runtime.toString()));

        assertThat(session.sockets().getParent()).isEqualTo(runtime);
        session.close();
    }

    @Test
    void shouldGiveEachNameOnePlaceAndTheNextFreeOneWhenAnotherNodeHasIt() throws IOException {
        SessionDirectories session = begin(NOW, 1);
        Files.createFile(session.sockets().resolve("raylet"));
        Files.createFile(session.sockets().resolve("raylet.1"));

        assertThat(session.socket("raylet")).isEqualTo(session.sockets().resolve("raylet.2"));
        assertThat(session.socket("raylet")).isEqualTo(session.sockets().resolve("raylet.2"));
        assertThat(session.socket("plasma_store")).isEqualTo(session.sockets().resolve("plasma_store"));
    }
}
