// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.resources.internal.doctor;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.thornback.api.health.Diagnosis;
import org.thornback.api.health.MachineDoctor;
import org.thornback.api.resources.HugePageDetector;
import org.thornback.resources.internal.Cgroups;

/** Looks at each subject in turn. Stateless. */
@Component
public final class LinuxDoctor implements MachineDoctor {
    private final Place place;
    private final Clock clock;
    private final HugePageDetector hugePages;

    /**
     * Looks at this machine.
     *
     * @param hugePages looks at those.
     */
    @Activate
    public LinuxDoctor(@Reference HugePageDetector hugePages) {
        this(Place.here(), Clock.systemDefaultZone(), hugePages);
    }

    LinuxDoctor(Place place, Clock clock, HugePageDetector hugePages) {
        this.place = requireNonNull(place, "place");
        this.clock = requireNonNull(clock, "clock");
        this.hugePages = requireNonNull(hugePages, "hugePages");
    }

    @Override
    public List<Diagnosis> examine(Plan plan) {
        Cgroups cgroups = new Cgroups(place.root());
        List<Diagnosis> found = new ArrayList<>();
        found.add(MemoryCheck.look(place, plan.plasmaDirectory(), plan.objectStoreMemory()));
        found.add(HugePageCheck.look(hugePages, plan.hugePageDirectory()));
        found.add(DiskCheck.look(place, "temp-dir", plan.tempDir()));
        if (!plan.spillDirectory().equals(plan.tempDir())) {
            found.add(DiskCheck.look(place, "object-spilling-directory", plan.spillDirectory()));
        }
        found.add(CgroupCheck.look(cgroups));
        found.add(LimitCheck.files(place));
        found.add(LimitCheck.processes(place, cgroups));
        found.add(ClockCheck.look(place, plan.tempDir(), clock));
        return found;
    }
}
