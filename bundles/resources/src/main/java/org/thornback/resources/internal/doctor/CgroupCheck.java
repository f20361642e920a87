// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.resources.internal.doctor;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.thornback.api.health.Diagnosis;
import org.thornback.resources.internal.Cgroups;

/** Limits of the control group that are too low for a node with one worker. Stateless. */
final class CgroupCheck {
    private static final String SUBJECT = "cgroup";
    private static final long LEAST_BYTES = 1L << 30;

    private CgroupCheck() {}

    static Diagnosis look(Cgroups cgroups) {
        OptionalLong memory = cgroups.memory();
        if (memory.isPresent() && memory.getAsLong() < LEAST_BYTES) {
            return Diagnosis.problem(
                    SUBJECT,
                    "The control group allows " + memory.getAsLong() + " bytes of memory, a node with its object store"
                            + " and one worker needs " + LEAST_BYTES + ": the kernel would kill workers.",
                    "Raise it: `docker run --memory=4g`, or as root `systemctl set-property UNIT MemoryMax=4G`.");
        }
        OptionalDouble cpus = cgroups.cpus();
        if (cpus.isPresent() && cpus.getAsDouble() < 1) {
            return Diagnosis.problem(
                    SUBJECT,
                    "The control group allows " + cpus.getAsDouble() + " CPUs, a node counts as having 1: its tasks are"
                            + " paused by the kernel.",
                    "Raise it: `docker run --cpus=2`, or as root `systemctl set-property UNIT CPUQuota=200%`.");
        }
        OptionalLong free = cgroups.freeMemory();
        if (free.isPresent() && free.getAsLong() < LEAST_BYTES / 2) {
            return Diagnosis.problem(
                    SUBJECT,
                    "Of the control group's " + memory.orElse(0) + " bytes of memory " + free.getAsLong()
                            + " are left.",
                    "End what else runs in it, `systemd-cgtop -m` lists it, or raise the limit:"
                            + " `docker run --memory=4g`.");
        }
        return Diagnosis.ok(
                SUBJECT,
                "Memory: " + (memory.isPresent() ? memory.getAsLong() + " bytes" : "no limit") + ", CPUs: "
                        + (cpus.isPresent() ? Double.toString(cpus.getAsDouble()) : "no limit") + ".");
    }
}
