// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.resources;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ConsumerType;

/** Looks at the machine's huge pages. Reads a few small files; safe from any thread. */
@ConsumerType
public interface HugePageDetector {

    /**
     * Looks.
     *
     * @param directory where a hugetlbfs should be.
     * @param bytes     that are wanted there, 0 to ask for none.
     * @return what there is and what is missing.
     */
    HugePages look(Path directory, long bytes);
}
