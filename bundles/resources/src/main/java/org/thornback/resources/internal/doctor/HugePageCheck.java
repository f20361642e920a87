// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.resources.internal.doctor;

import java.nio.file.Path;
import org.thornback.api.health.Diagnosis;
import org.thornback.api.resources.HugePageDetector;
import org.thornback.api.resources.HugePages;

/**
 * Huge pages, as far as somebody began to set them up: most machines have none and need none, but pages set aside that no
 * store can use are lost to everybody. Stateless.
 */
final class HugePageCheck {
    private static final String SUBJECT = "huge-pages";

    private HugePageCheck() {}

    static Diagnosis look(HugePageDetector detector, Path directory) {
        HugePages pages = detector.look(directory, 0);
        if (pages.totalPages() == 0) {
            return Diagnosis.ok(SUBJECT, "None are set aside; `ray doctor hugepages` says how to get some.");
        }
        if (pages.missing().isEmpty()) {
            return Diagnosis.ok(
                    SUBJECT,
                    pages.totalPages() + " pages of " + pages.pageSize() + " bytes, " + pages.freePages()
                            + " of them free, for plasma-directory=" + directory + ".");
        }
        return Diagnosis.problem(
                SUBJECT,
                pages.totalPages() + " pages of " + pages.pageSize() + " bytes are set aside, which all other memory"
                        + " lacks, and no object store can use them in " + directory + ".",
                String.join(" ", pages.missing()) + " Or give them back, as root:"
                        + " `echo 0 > /proc/sys/vm/nr_hugepages`.");
    }
}
