// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.cluster;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * The ready nodes of this user on this machine.
 *
 * <p>A node JVM shows its session directory in its command line and keeps a record there. Looking through {@code /proc} finds
 * it below every temporary directory, and never one that is gone.
 */
final class LocalNodes {
    private static final String SESSION_FLAG = "-Dthornback.session=";
    private static final int START_TICKS_FROM_STATE = 19;

    private final Path proc;

    LocalNodes(Path proc) {
        this.proc = requireNonNull(proc, "proc");
    }

    /**
     * All of them.
     *
     * @return the newest session last.
     */
    List<LocalNode> ready() {
        List<LocalNode> nodes = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            processes.forEach(process -> node(process).ifPresent(nodes::add));
        } catch (IOException unreadable) {
            return List.of(); // no /proc: nothing can be found this way
        }
        nodes.sort(Comparator.comparing(
                node -> String.valueOf(node.sessionDirectory().getFileName())));
        return nodes;
    }

    private static Optional<LocalNode> node(Path process) {
        try {
            String line = new String(Files.readAllBytes(process.resolve("cmdline")), StandardCharsets.UTF_8);
            int at = line.indexOf(SESSION_FLAG);
            if (at < 0) {
                return Optional.empty();
            }
            String word = line.substring(at + SESSION_FLAG.length());
            Path session =
                    Path.of(word.substring(0, Math.max(word.indexOf('\0'), 0)).strip());
            String pid = process.getFileName().toString();
            Properties record = new Properties();
            try (Reader reader = Files.newBufferedReader(session.resolve("node-" + pid + ".properties"))) {
                record.load(reader);
            }
            return startTicks(process).equals(record.getProperty("startTicks"))
                    ? Optional.of(LocalNode.of(record))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException notReady) {
            return Optional.empty(); // ended meanwhile, still starting, another user's, or of another version
        }
    }

    private static String startTicks(Path process) throws IOException {
        String stat = Files.readString(process.resolve("stat"));
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ")[START_TICKS_FROM_STATE];
    }
}
