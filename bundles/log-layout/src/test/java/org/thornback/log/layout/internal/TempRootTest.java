// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.log.layout.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thornback.api.InvalidInputException;

class TempRootTest {
    @TempDir
    Path temporary;

    private final List<String> remarks = new ArrayList<>();

    private Path resolve(Path asked) throws IOException {
        return TempRoot.resolve(Optional.of(asked.toString()), Map.of(), "me", remarks::add);
    }

    private Path resolveDefault() throws IOException {
        return TempRoot.resolve(Optional.empty(), Map.of("TMPDIR", temporary.toString()), "me", remarks::add);
    }

    /** Only the administrator can give a file to somebody else. */
    private static void giveAway(Path path) throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root to make a file of another user");
        Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setOwner(path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
    }

    @Test
    void shouldMakeTheRootWithItsParentsForTheUserOnly() throws IOException {
        Path root = resolve(temporary.resolve("a/b"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root)))
                .isEqualTo("rwx------");
        assertThat(resolve(root)).as("again").isEqualTo(root);
        assertThat(resolveDefault()).isEqualTo(temporary.resolve("ray"));
    }

    @Test
    void shouldTakeALinkOfTheUsersOwn() throws IOException {
        Path target = Files.createDirectory(temporary.resolve("disk"));
        Path link = Files.createSymbolicLink(temporary.resolve("link"), target);

        assertThat(resolve(link)).isEqualTo(link);
    }

    @Test
    void shouldTakePlacesThatEverybodyMayUse() throws IOException {
        assertThat(resolve(Path.of("/tmp"))).isEqualTo(Path.of("/tmp"));
    }

    @Test
    void shouldRefuseALinkOfSomebodyElse() throws IOException {
        Path link =
                Files.createSymbolicLink(temporary.resolve("link"), Files.createDirectory(temporary.resolve("disk")));
        giveAway(link);

        assertThatThrownBy(() -> resolve(link))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("temp-dir=" + link)
                .hasMessageContaining("symbolic link that belongs to nobody");
    }

    @Test
    void shouldRefuseADirectoryOfSomebodyElseAndALinkToOne() throws IOException {
        Path directory = Files.createDirectory(temporary.resolve("theirs"));
        giveAway(directory);
        Path link = Files.createSymbolicLink(temporary.resolve("link"), directory);

        for (Path root : new Path[] {directory, link}) {
            assertThatThrownBy(() -> resolve(root))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("temp-dir=" + root)
                    .hasMessageContaining("belongs to");
        }
    }

    @Test
    void shouldGoBesideTheDefaultRootOfSomebodyElse() throws IOException {
        giveAway(Files.createDirectory(temporary.resolve("ray")));

        assertThat(resolveDefault()).isEqualTo(temporary.resolve("ray_me")).isDirectory();
        assertThat(remarks)
                .singleElement()
                .asString()
                .contains(temporary.resolve("ray") + " belongs to nobody", "go to " + temporary.resolve("ray_me"));
    }

    @Test
    void shouldSayWhatIsWrongWithAPlaceThatCannotBeUsed() throws IOException {
        Path file = Files.createFile(temporary.resolve("file"));

        assertThatThrownBy(() -> resolve(Path.of("relative/dir")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("temp_dir must be an absolute path");
        assertThatThrownBy(() -> resolve(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("temp-dir=" + file + " exists and is not a directory");
        assertThatThrownBy(() -> resolve(file.resolve("below")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("give another directory");
        assertThatThrownBy(() -> resolve(Path.of("/proc/ray")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("temp-dir=/proc/ray");
    }
}
