// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.log.layout.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;

/** A short directory for sockets, where the path of the session is too long for one. */
final class ShortDirectory {
    private ShortDirectory() {}

    static Path create(Map<String, String> environment) throws IOException {
        Optional<Path> runtime = Optional.ofNullable(environment.get("XDG_RUNTIME_DIR"))
                .filter(path -> !path.isBlank() && path.length() < 40)
                .map(Path::of)
                .filter(Files::isDirectory);
        return Files.createTempDirectory(
                runtime.orElse(Path.of("/tmp")),
                "ray-",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
}
