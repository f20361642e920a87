// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.log.layout.internal;

import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RolloverFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps as many rotated files as was asked for: Logback's own policy keeps 1 to 20. Called by the appender, under its lock. */
final class Backups extends FixedWindowRollingPolicy {
    private static final int MOST = 1_000;

    private volatile int kept;

    Backups(int kept) {
        setMinIndex(1);
        keep(kept);
    }

    /** Keeps so many from the next time on. */
    void keep(int count) {
        kept = count;
        setMaxIndex(Math.max(1, count));
    }

    @Override
    protected int getMaxWindowSize() {
        return MOST;
    }

    @Override
    public void rollover() throws RolloverFailure {
        if (kept > 0) {
            super.rollover();
            return;
        }
        try {
            Files.delete(Path.of(getActiveFileName()));
        } catch (IOException e) {
            throw new RolloverFailure("log file=" + getActiveFileName() + " cannot be removed", e);
        }
    }
}
