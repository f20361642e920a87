// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.cli;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The pipe through which a process in the background hands its exit status to {@code bin/ray} and lets it go.
 *
 * <p>{@code bin/ray} names the descriptor in {@value #PROPERTY}; without it there is nobody to tell. Used by the main thread.
 */
public final class StatusPipe {
    private static final String PROPERTY = "thornback.status";

    private StatusPipe() {}

    /**
     * Whether this process runs behind {@code bin/ray}.
     *
     * @return true when a status is awaited or was already told.
     */
    static boolean isThere() {
        return System.getProperty(PROPERTY) != null;
    }

    /**
     * Tells the status; the first call counts.
     *
     * @param status exit status for the user.
     * @return false when nobody reads it any more.
     */
    public static boolean tell(int status) {
        String descriptor = System.getProperty(PROPERTY);
        if (descriptor == null || descriptor.isEmpty()) {
            return true;
        }
        System.setProperty(PROPERTY, "");
        try (FileOutputStream pipe = new FileOutputStream("/proc/self/fd/" + descriptor)) {
            pipe.write((status + "\n").getBytes(StandardCharsets.US_ASCII));
            return true;
        } catch (IOException closed) {
            return false;
        }
    }
}
