// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.cli;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.thornback.api.InvalidInputException;
import org.thornback.api.resources.HugePageDetector;
import org.thornback.api.resources.HugePages;

/**
 * How large a store without a node is, by the rule of Arrow's: what was asked for, or, when that is more than there is, nine
 * tenths of what is there, with a warning.
 *
 * @param asked     bytes.
 * @param directory of its memory.
 * @param hugePages whether the directory is to be a hugetlbfs.
 */
record StoreSize(long asked, Path directory, boolean hugePages) {
    private static final int PERCENT_USED = 90;

    StoreSize {
        requireNonNull(directory, "directory");
    }

    /**
     * Looks at the directory.
     *
     * @param context of a container whose bundles have been started.
     * @return bytes.
     */
    long fitted(BundleContext context) {
        long available = hugePages ? inHugePages(context) : inFiles();
        if (asked <= available) {
            return asked;
        }
        long used = available / 100 * PERCENT_USED;
        System.err.println("ray " + PlasmaStoreCommand.NAME + ": warning: bytes=" + asked + " exceed what directory="
                + directory + " has free, " + available + " bytes; " + used + " are used");
        return used;
    }

    private long inHugePages(BundleContext context) {
        ServiceReference<HugePageDetector> reference = context.getServiceReference(HugePageDetector.class);
        if (reference == null) {
            throw new InvalidInputException("this distribution has no bundle that looks at huge pages");
        }
        HugePages pages = context.getService(reference).look(directory, 0);
        if (!pages.missing().isEmpty()) {
            throw new InvalidInputException(String.join(" ", pages.missing()));
        }
        return pages.available();
    }

    private long inFiles() {
        try {
            return Files.getFileStore(directory).getUsableSpace();
        } catch (IOException missing) {
            throw new InvalidInputException(
                    "directory=" + directory + " cannot be used: create it, or choose another one");
        }
    }
}
