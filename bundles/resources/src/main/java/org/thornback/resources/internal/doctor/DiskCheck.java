// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.resources.internal.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.thornback.api.health.Diagnosis;

/** Directories a node writes: theirs to write, and with room left. Stateless. */
final class DiskCheck {
    private static final long LEAST_BYTES = 1L << 30;
    private static final int FULL_PERCENT = 95;

    private DiskCheck() {}

    /**
     * Looks at one directory.
     *
     * @param place     the machine.
     * @param option    that names it, for sentences.
     * @param directory need not be there yet.
     */
    static Diagnosis look(Place place, String option, Path directory) {
        String subject = "disk of " + option;
        Path nearest = place.nearest(directory);
        Path there = place.at(nearest);
        if (Files.exists(place.at(directory)) && !Files.isDirectory(place.at(directory))) {
            return Diagnosis.problem(
                    subject,
                    option + "=" + directory + " is no directory.",
                    "Give another one, `ray start --" + option + "=DIRECTORY`, or remove it: `rm " + directory + "`.");
        }
        if (!Files.isWritable(there)) {
            return Diagnosis.problem(
                    subject,
                    option + "=" + directory + " cannot be written by this user, nor made.",
                    "Give another one, `ray start --" + option + "=DIRECTORY`, or as root: `install -d -m 700 -o $USER "
                            + directory + "`.");
        }
        try {
            long[] room = place.space().usableAndTotal(there);
            long percent = room[1] == 0 ? 0 : 100 - room[0] * 100 / room[1];
            if (room[0] < LEAST_BYTES || percent > FULL_PERCENT) {
                return Diagnosis.problem(
                        subject,
                        nearest + " has " + room[0] + " bytes left and is " + percent + " % full: logs and objects that"
                                + " are written out will not fit.",
                        "Find what fills it: `du -xh --max-depth=2 " + nearest + " | sort -h | tail`; old sessions are"
                                + " safe to remove when no node runs, or give --" + option + "=DIRECTORY elsewhere.");
            }
            return Diagnosis.ok(subject, nearest + " has " + room[0] + " bytes left.");
        } catch (IOException gone) {
            return Diagnosis.skipped(subject, nearest + " cannot be looked at: " + gone.getMessage() + ".");
        }
    }
}
