// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What every file of the repository must keep to, whatever its kind. */
class SourcesIT {
    private static final Set<String> LEFT_OUT = Set.of("target", ".git");

    /** A directory that exists only where somebody worked on it. */
    private static final Pattern OF_ONE_MACHINE =
            Pattern.compile("(?<![\\w.~}*-])/(root|work|home/[a-z]\\w*|Users/\\w+)/\\w");

    @Test
    void shouldNameNoDirectoryOfOneMachine() throws IOException {
        Path root = Path.of(System.getProperty("thornback.root"));
        var found = new ArrayList<String>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                boolean leave = LEFT_OUT.contains(directory.getFileName().toString());
                return leave ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                OF_ONE_MACHINE
                        .matcher(text)
                        .results()
                        .forEach(hit -> found.add(root.relativize(file) + ": " + hit.group()));
                return FileVisitResult.CONTINUE;
            }
        });

        assertThat(found).isEmpty();
    }
}
