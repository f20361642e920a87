// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.record;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Finds the node JVMs of this user on this machine.
 *
 * <p>A node shows its session directory in its command line ({@code -Dthornback.session=…}); {@code /proc} is therefore the
 * one list that is complete for every temporary directory and cannot be stale. No process is ever taken by its name.
 */
public final class RunningNodes {
    /** What stands in front of the session directory in a node's command line. */
    public static final String SESSION_FLAG = "-Dthornback.session=";

    /** Stands in the command line of a node that belongs to a driver. */
    public static final String OWNED_FLAG = "-Dthornback.owned=true";

    private final Path proc;
    private final Object user;

    /** Looks at this machine as the user of this process. */
    public RunningNodes() {
        this(
                Path.of("/proc"),
                owner(Path.of("/proc", Long.toString(ProcessHandle.current().pid()))));
    }

    RunningNodes(Path proc, Object user) {
        this.proc = requireNonNull(proc, "proc");
        this.user = requireNonNull(user, "user");
    }

    /**
     * All of them.
     *
     * @return nodes by session, the newest session last.
     */
    public List<RunningNode> list() {
        List<RunningNode> nodes = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path process : processes) {
                read(process).ifPresent(nodes::add);
            }
        } catch (IOException unreadable) {
            return List.of();
        }
        nodes.sort(Comparator.comparing(
                node -> String.valueOf(node.sessionDirectory().getFileName())));
        return nodes;
    }

    private Optional<RunningNode> read(Path process) {
        List<String> line;
        try {
            if (!user.equals(owner(process))) {
                return Optional.empty();
            }
            byte[] bytes = Files.readAllBytes(process.resolve("cmdline"));
            line = Arrays.asList(new String(bytes, StandardCharsets.UTF_8).split("\0"));
        } catch (IOException gone) {
            return Optional.empty();
        }
        Optional<Path> session = line.stream()
                .filter(word -> word.startsWith(SESSION_FLAG))
                .map(word -> word.substring(SESSION_FLAG.length()).strip())
                .findFirst()
                .map(Path::of);
        long pid = Long.parseLong(process.getFileName().toString());
        OptionalLong ticks = ProcessId.startTicks(pid);
        if (session.isEmpty() || ticks.isEmpty()) {
            return Optional.empty();
        }
        ProcessId id = new ProcessId(pid, ticks.getAsLong());
        return Optional.of(
                new RunningNode(id, session.get(), line.contains(OWNED_FLAG), NodeRecord.read(session.get(), id)));
    }

    private static Object owner(Path process) {
        try {
            return Files.getAttribute(process, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        } catch (IOException gone) {
            return "gone";
        }
    }
}
