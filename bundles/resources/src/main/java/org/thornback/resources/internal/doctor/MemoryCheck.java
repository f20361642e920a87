// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.resources.internal.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.thornback.api.health.Diagnosis;
import org.thornback.resources.internal.Mounts;
import org.thornback.resources.internal.Mounts.Mount;

/** The memory file system: there, of memory, writable, and with room for the object store. Stateless. */
final class MemoryCheck {
    private static final String SUBJECT = "memory-file-system";
    private static final Set<String> OF_MEMORY = Set.of("tmpfs", "ramfs", "hugetlbfs");

    private MemoryCheck() {}

    static Diagnosis look(Place place, Path directory, long bytes) {
        Path there = place.at(directory);
        if (!Files.isDirectory(there)) {
            return Diagnosis.problem(
                    SUBJECT,
                    "plasma-directory=" + directory + " does not exist.",
                    "As root: `mkdir -p " + directory + " && mount -t tmpfs -o mode=1777,size=50% tmpfs " + directory
                            + "`.");
        }
        Mount mount = new Mounts(place.root()).holding(directory).orElse(new Mount(directory, "unknown", ""));
        if (!Files.isWritable(there) || List.of(mount.options().split(",")).contains("ro")) {
            return Diagnosis.problem(
                    SUBJECT,
                    "plasma-directory=" + directory + " may not be written by this user.",
                    "As root: `mount -o remount,rw,mode=1777 " + mount.place() + "`.");
        }
        try {
            long[] room = place.space().usableAndTotal(there);
            if (room[0] < bytes) {
                return Diagnosis.problem(
                        SUBJECT,
                        directory + " has " + room[0] + " of " + room[1] + " bytes left, the object store wants "
                                + bytes + ".",
                        "As root: `mount -o remount,size=" + (room[1] - room[0] + bytes) + " " + mount.place()
                                + "`; in a container give it a larger /dev/shm, `docker run --shm-size=" + bytes
                                + "`.");
            }
            String kind =
                    OF_MEMORY.contains(mount.type()) ? "" : " It is on " + mount.type() + ", not in memory: slower.";
            return Diagnosis.ok(SUBJECT, directory + " has " + room[0] + " bytes left." + kind);
        } catch (IOException gone) {
            return Diagnosis.skipped(SUBJECT, directory + " cannot be looked at: " + gone.getMessage() + ".");
        }
    }
}
