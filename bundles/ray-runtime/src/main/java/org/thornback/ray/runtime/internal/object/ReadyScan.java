// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.object;

import java.util.List;

/**
 * Asks again and again whether all of a list are there, or one of them failed, looking at each ready one once.
 *
 * <p>Owned by one waiting thread at a time, but asked by whichever thread polls: hence synchronized.
 */
final class ReadyScan {
    private final List<RayObject<?>> objects;
    private final ObjectAccess access;
    private RayObject<?> failed;
    private int seenFailures = -1;
    private int ready;

    ReadyScan(List<RayObject<?>> objects, ObjectAccess access) {
        this.objects = objects;
        this.access = access;
    }

    synchronized boolean isOver() {
        lookForFailure();
        while (failed == null && ready < objects.size() && access.isReady(objects.get(ready))) {
            ready++;
        }
        return failed != null || ready == objects.size();
    }

    synchronized RayObject<?> failed() {
        return failed;
    }

    synchronized RayObject<?> firstPending() {
        return objects.get(Math.min(ready, objects.size() - 1));
    }

    private void lookForFailure() {
        int failures = access.failures();
        if (failed != null || failures == seenFailures) {
            return;
        }
        seenFailures = failures;
        for (int i = ready; i < objects.size() && failed == null; i++) {
            Outcome outcome = objects.get(i).outcome();
            if (outcome != null && outcome.failed()) {
                failed = objects.get(i);
            }
        }
    }
}
