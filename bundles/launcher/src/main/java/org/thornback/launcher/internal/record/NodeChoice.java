// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.record;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which nodes a command means.
 *
 * @param session  name of a session or its directory; empty for any.
 * @param tempRoot root temporary directory; empty for any.
 * @param address  {@code host:port} of the Redis primary; empty for any.
 * @param owned    nodes of drivers, too.
 */
public record NodeChoice(Optional<String> session, Optional<Path> tempRoot, Optional<String> address, boolean owned)
        implements Predicate<RunningNode> {

    /** Checks that nothing is missing. */
    public NodeChoice {
        requireNonNull(session, "session");
        requireNonNull(tempRoot, "tempRoot");
        requireNonNull(address, "address");
    }

    @Override
    public boolean test(RunningNode node) {
        return (owned || !node.owned())
                && session.map(wanted -> isSession(wanted, node.sessionDirectory()))
                        .orElse(true)
                && tempRoot.map(root ->
                                real(root).equals(real(node.sessionDirectory()).getParent()))
                        .orElse(true)
                && address.map(wanted -> node.record()
                                .map(record -> record.node().redisAddress())
                                .filter(actual -> sameAddress(wanted, actual))
                                .isPresent())
                        .orElse(true);
    }

    private static boolean isSession(String wanted, Path directory) {
        return wanted.contains("/")
                ? real(Path.of(wanted)).equals(real(directory))
                : wanted.equals(String.valueOf(directory.getFileName()));
    }

    private static boolean sameAddress(String wanted, String actual) {
        return wanted.replaceFirst("^localhost:", "127.0.0.1:").equals(actual)
                || wanted.replaceFirst("^(localhost|127\\.0\\.0\\.1):", "")
                        .equals(actual.substring(actual.lastIndexOf(':') + 1));
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (java.io.IOException gone) {
            return path.toAbsolutePath().normalize();
        }
    }
}
