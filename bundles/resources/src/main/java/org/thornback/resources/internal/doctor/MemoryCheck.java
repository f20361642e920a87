// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.resources.internal.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.thornback.api.health.Diagnosis;

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
        String[] mount = mount(place, directory);
        if (!Files.isWritable(there) || Set.of(mount[2].split(",")).contains("ro")) {
            return Diagnosis.problem(
                    SUBJECT,
                    "plasma-directory=" + directory + " may not be written by this user.",
                    "As root: `mount -o remount,rw,mode=1777 " + mount[0] + "`.");
        }
        try {
            long[] room = place.space().usableAndTotal(there);
            if (room[0] < bytes) {
                return Diagnosis.problem(
                        SUBJECT,
                        directory + " has " + room[0] + " of " + room[1] + " bytes left, the object store wants "
                                + bytes + ".",
                        "As root: `mount -o remount,size=" + (room[1] - room[0] + bytes) + " " + mount[0]
                                + "`; in a container give it a larger /dev/shm, `docker run --shm-size=" + bytes
                                + "`.");
            }
            String kind = OF_MEMORY.contains(mount[1]) ? "" : " It is on " + mount[1] + ", not in memory: slower.";
            return Diagnosis.ok(SUBJECT, directory + " has " + room[0] + " bytes left." + kind);
        } catch (IOException gone) {
            return Diagnosis.skipped(SUBJECT, directory + " cannot be looked at: " + gone.getMessage() + ".");
        }
    }

    /** Place, type and options of the mount a directory lies in; the last of the longest hides the others. */
    private static String[] mount(Place place, Path directory) {
        String[] found = {directory.toString(), "unknown", ""};
        int longest = -1;
        for (String line : place.lines("proc/self/mounts")) {
            String[] words = line.split(" ");
            Path mounted = words.length < 4 ? null : Path.of(words[1].replace("\\040", " "));
            if (mounted != null && directory.startsWith(mounted) && mounted.getNameCount() >= longest) {
                longest = mounted.getNameCount();
                found = new String[] {mounted.toString(), words[2], words[3]};
            }
        }
        return found;
    }
}
