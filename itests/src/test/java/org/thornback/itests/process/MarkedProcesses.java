// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * All processes that descend from a test, however detached: they inherit a variable that nobody else has. Processes that
 * ended and were not waited for do not count. Immutable.
 */
public final class MarkedProcesses {
    private static final String VARIABLE = "THORNBACK_TEST_MARK";

    private final String mark = UUID.randomUUID().toString();
    private final Path directory;

    /**
     * Finds what carries a mark of its own, or works below a directory: redis-server writes its title over its environment.
     */
    public MarkedProcesses(Path directory) {
        this.directory = directory.toAbsolutePath();
    }

    /** The environment that marks a process and all its descendants. */
    public Map<String, String> environment() {
        return Map.of(VARIABLE, mark);
    }

    /** Those that run now. */
    public List<ProcessHandle> alive() {
        return ProcessHandle.allProcesses().filter(this::isMarked).toList();
    }

    /** Those that run now and show the word in their command line. */
    public List<ProcessHandle> alive(String word) {
        return alive().stream()
                .filter(process -> commandLine(process).contains(word))
                .toList();
    }

    /** The arguments of a process with blanks between; empty when it is gone. */
    public static String commandLine(ProcessHandle process) {
        return read(process, "cmdline").replace('\0', ' ');
    }

    /** What the kernel says a process does, in its letter (R, S, D, ...); empty when it is gone. */
    public static String state(ProcessHandle process) {
        return read(process, "status")
                .lines()
                .filter(line -> line.startsWith("State:"))
                .findFirst()
                .orElse("");
    }

    /** Ends all of them at once. */
    public void killAll() {
        alive().forEach(ProcessHandle::destroyForcibly);
    }

    private boolean isMarked(ProcessHandle process) {
        return read(process, "environ").contains(VARIABLE + "=" + mark) || worksBelow(process);
    }

    private boolean worksBelow(ProcessHandle process) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd"))
                    .startsWith(directory);
        } catch (IOException ignored) {
            return false; // another user's, or gone
        }
    }

    private static String read(ProcessHandle process, String file) {
        try {
            // Bytes, for the kernel does not say how long these files are.
            return new String(
                    Files.readAllBytes(Path.of("/proc", Long.toString(process.pid()), file)), StandardCharsets.UTF_8);
        } catch (IOException ignored) {
            return ""; // another user's, or gone
        }
    }
}
