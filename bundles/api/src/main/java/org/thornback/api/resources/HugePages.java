// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.resources;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;

/**
 * The huge pages a directory leads to, and what is missing before an object store can lie in them. Immutable.
 *
 * @param directory  that was asked about.
 * @param pageSize   bytes of one page; 0 when the kernel has none.
 * @param totalPages pages of that size the machine has set aside, used or not.
 * @param freePages  pages that are neither used nor promised to anybody.
 * @param available  bytes a file in the directory can have now.
 * @param promisesHold whether pages that a mapping was promised are there when they are touched; not so where a control group
 *     counts them only then, or this process may use the memory of some nodes only: they are to be taken at once.
 * @param missing    one sentence for each thing that is missing, with what to do; empty when all is there.
 */
public record HugePages(
        Path directory,
        long pageSize,
        long totalPages,
        long freePages,
        long available,
        boolean promisesHold,
        List<String> missing) {

    /** Copies what is mutable. */
    public HugePages {
        requireNonNull(directory, "directory");
        missing = List.copyOf(missing);
    }
}
