// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.object;

import java.util.List;

/** Counts how many of a list are there. Asked by whichever thread polls: hence synchronized. */
final class ReadyCount {
    private final List<RayObject<?>> objects;
    private final ObjectAccess access;
    private final boolean[] ready;
    private int count;

    ReadyCount(List<RayObject<?>> objects, ObjectAccess access) {
        this.objects = objects;
        this.access = access;
        this.ready = new boolean[objects.size()];
    }

    synchronized int count() {
        for (int i = 0; i < ready.length; i++) {
            if (!ready[i] && access.isReady(objects.get(i))) {
                ready[i] = true;
                count++;
            }
        }
        return count;
    }

    /** The first {@code most} that are there; Ray never reports more than were asked for. */
    synchronized boolean[] flags(int most) {
        boolean[] flags = ready.clone();
        int left = most;
        for (int i = 0; i < flags.length; i++) {
            flags[i] = flags[i] && left-- > 0;
        }
        return flags;
    }
}
