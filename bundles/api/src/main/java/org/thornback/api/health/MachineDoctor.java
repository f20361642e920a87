// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.health;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** Looks at what usually goes wrong with a machine before a node runs on it. Changes nothing; safe from any thread. */
@ConsumerType
public interface MachineDoctor {

    /**
     * What a node would use.
     *
     * @param tempDir           root of sessions; need not be there yet.
     * @param plasmaDirectory   memory file system of the object store.
     * @param spillDirectory    where objects are written out; need not be there yet.
     * @param hugePageDirectory where a hugetlbfs would be.
     * @param objectStoreMemory bytes the object store is to have.
     */
    record Plan(
            Path tempDir, Path plasmaDirectory, Path spillDirectory, Path hugePageDirectory, long objectStoreMemory) {

        /** Checks that nothing is missing. */
        public Plan {
            requireNonNull(tempDir, "tempDir");
            requireNonNull(plasmaDirectory, "plasmaDirectory");
            requireNonNull(spillDirectory, "spillDirectory");
            requireNonNull(hugePageDirectory, "hugePageDirectory");
        }
    }

    /**
     * Looks.
     *
     * @param plan what a node would use.
     * @return a diagnosis of each subject.
     */
    List<Diagnosis> examine(Plan plan);
}
