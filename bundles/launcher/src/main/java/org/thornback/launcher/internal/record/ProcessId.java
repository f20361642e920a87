// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * A process that cannot be mistaken for a later one with the same number.
 *
 * @param pid        its number.
 * @param startTicks when it started, in clock ticks after the machine did: field 22 of {@code /proc/<pid>/stat}.
 */
public record ProcessId(long pid, long startTicks) {
    private static final Path PROC = Path.of("/proc");
    private static final int START_TICKS = 22;
    private static final int STATE = 3;

    /**
     * The process this code runs in.
     *
     * @return its identity.
     */
    public static ProcessId self() {
        long pid = ProcessHandle.current().pid();
        return new ProcessId(pid, startTicks(pid).orElse(0));
    }

    /**
     * When a process started.
     *
     * @param pid its number.
     * @return clock ticks; empty when there is no such process or it is a zombie.
     */
    public static OptionalLong startTicks(long pid) {
        try {
            String stat = Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat"));
            // the second field, the name, may hold blanks and parentheses: count from behind it
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return "Z".equals(fields[0])
                    ? OptionalLong.empty()
                    : OptionalLong.of(Long.parseLong(fields[START_TICKS - STATE]));
        } catch (IOException gone) {
            return OptionalLong.empty();
        }
    }

    /**
     * Whether this very process still runs.
     *
     * @return false when it ended or another one has its number now.
     */
    public boolean alive() {
        OptionalLong now = startTicks(pid);
        return now.isPresent() && now.getAsLong() == startTicks;
    }

    /**
     * Asks it to end ({@code SIGTERM}).
     *
     * @return false when it is not there any more or not ours to end.
     */
    public boolean terminate() {
        return alive() && ProcessHandle.of(pid).map(ProcessHandle::destroy).orElse(false);
    }

    /**
     * Ends it ({@code SIGKILL}).
     *
     * @return false when it is not there any more or not ours to end.
     */
    public boolean kill() {
        return alive()
                && ProcessHandle.of(pid).map(ProcessHandle::destroyForcibly).orElse(false);
    }
}
