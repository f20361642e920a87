// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.shell;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Where what was typed into shells is kept: in the user's state directory, for nobody else to read. */
final class HistoryFile {
    private static final Set<PosixFilePermission> OWN = PosixFilePermissions.fromString("rw-------");

    private HistoryFile() {}

    /** The file, which is there and closed to others when this returns. */
    static Path ready() throws IOException {
        String state = System.getenv("XDG_STATE_HOME");
        Path base = state != null && state.startsWith("/")
                ? Path.of(state)
                : Path.of(System.getProperty("user.home"), ".local", "state");
        Path file = Files.createDirectories(base.resolve("thornback")).resolve("history");
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(OWN));
        } catch (FileAlreadyExistsException fromBefore) {
            close(file);
        }
        return file;
    }

    /** Closes it to others, whoever wrote it anew. */
    static void close(Path file) throws IOException {
        Files.setPosixFilePermissions(file, OWN);
    }
}
