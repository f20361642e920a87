// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.log.layout.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The root directory of sessions: what was asked for, else {@code ray} in the temporary directory, or {@code ray_$USER} where
 * another user was first.
 */
final class TempRoot {
    private static final Logger LOG = LoggerFactory.getLogger("ray.raylet");

    private TempRoot() {}

    /**
     * Chooses the root and makes it.
     *
     * @param asked       what the configuration says.
     * @param environment of this process.
     * @param user        of this process.
     * @param remark      hears when it is not where one would look for it.
     */
    static Path resolve(Optional<String> asked, Map<String, String> environment, String user, Consumer<String> remark)
            throws IOException {
        if (asked.isPresent()) {
            return SafeDirectories.root(Path.of(asked.get()));
        }
        Path temporary = Path.of(Optional.ofNullable(environment.get("TMPDIR")).orElse("/tmp"));
        Path root = temporary.resolve("ray");
        if (Files.exists(root, LinkOption.NOFOLLOW_LINKS) && !SafeDirectories.isOurs(root)) {
            Path own = temporary.resolve("ray_" + user);
            String sentence =
                    root + " belongs to " + SafeDirectories.owner(root) + ": sessions of this user go to " + own + ".";
            LOG.warn(sentence);
            remark.accept(sentence);
            root = own;
        }
        return SafeDirectories.root(root);
    }
}
