// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.resources.internal.doctor;

import java.util.OptionalLong;
import org.thornback.api.health.Diagnosis;
import org.thornback.resources.internal.Cgroups;

/**
 * Limits of this user's processes: open files, and processes with their threads. A JVM raises the soft limit of open files to
 * the hard one by itself, so the hard one counts. Stateless.
 */
final class LimitCheck {
    private static final long LEAST_FILES = 4096;
    private static final long LEAST_PROCESSES = 1024;

    private LimitCheck() {}

    static Diagnosis files(Place place) {
        OptionalLong limit = hard(place, "Max open files");
        if (limit.isPresent() && limit.getAsLong() < LEAST_FILES) {
            return Diagnosis.problem(
                    "file-descriptors",
                    "A process of this user may open " + limit.getAsLong() + " files; a node with many workers and"
                            + " clients needs " + LEAST_FILES + ".",
                    "As root: `echo '* hard nofile 65536' > /etc/security/limits.d/ray.conf`, then log in again; in a"
                            + " container `docker run --ulimit nofile=65536`.");
        }
        return limit.isPresent()
                ? Diagnosis.ok("file-descriptors", "A process may open " + text(limit.getAsLong()) + " files.")
                : Diagnosis.skipped("file-descriptors", "/proc/self/limits does not tell.");
    }

    static Diagnosis processes(Place place, Cgroups cgroups) {
        OptionalLong user = hard(place, "Max processes");
        OptionalLong group = cgroups.processes();
        if (group.isPresent() && group.getAsLong() < LEAST_PROCESSES) {
            return Diagnosis.problem(
                    "processes",
                    "The control group allows " + group.getAsLong() + " processes and threads; every worker is a JVM"
                            + " with some 20, so there should be " + LEAST_PROCESSES + ".",
                    "Raise it: `docker run --pids-limit=-1`, or as root `systemctl set-property UNIT"
                            + " TasksMax=infinity`.");
        }
        if (user.isPresent() && user.getAsLong() < LEAST_PROCESSES) {
            return Diagnosis.problem(
                    "processes",
                    "This user may have " + user.getAsLong() + " processes and threads; every worker is a JVM with some"
                            + " 20, so there should be " + LEAST_PROCESSES + ".",
                    "As root: `echo '* hard nproc 65536' > /etc/security/limits.d/ray-nproc.conf`, then log in again.");
        }
        long most = Math.min(user.orElse(Long.MAX_VALUE), group.orElse(Long.MAX_VALUE));
        return Diagnosis.ok("processes", "This user may have " + text(most) + " processes and threads.");
    }

    private static String text(long limit) {
        return limit == Long.MAX_VALUE ? "any number of" : Long.toString(limit);
    }

    private static OptionalLong hard(Place place, String name) {
        return place.lines("proc/self/limits").stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).strip().split("\\s+"))
                .filter(words -> words.length >= 2)
                .mapToLong(words -> words[1].equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(words[1]))
                .findFirst();
    }
}
