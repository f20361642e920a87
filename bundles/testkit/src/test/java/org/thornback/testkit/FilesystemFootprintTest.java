// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesystemFootprintTest {
    @TempDir
    Path root;

    @Test
    void shouldTellWhatWasAddedAndNotWhatIsIgnored() throws IOException {
        Files.writeString(root.resolve("before"), "");
        Path cache = Files.createDirectory(root.resolve("cache"));
        var footprint = FilesystemFootprint.of(List.of(root), path -> path.equals(cache));

        Files.writeString(cache.resolve("fine"), "");
        Path left = Files.writeString(Files.createDirectory(root.resolve("a")).resolve("left"), "");

        assertThat(footprint.addedSince()).containsExactly(root.resolve("a"), left);
    }
}
