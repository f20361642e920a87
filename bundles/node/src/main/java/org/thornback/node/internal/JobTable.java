// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import java.util.HashMap;
import java.util.Map;

/**
 * The jobs whose drivers are connected, and those that have ended but left detached actors, which need the job's classes and
 * options when they are constructed again. Owned by the conductor.
 */
final class JobTable {
    private final Map<Integer, Job> running = new HashMap<>();
    private final Map<Integer, Job> outlived = new HashMap<>();

    void begin(Job job) {
        running.put(job.id(), job);
    }

    /** A job's driver is gone; its actors may keep the job known. */
    void end(int id, boolean outlivedByActors) {
        Job job = running.remove(id);
        if (job != null && outlivedByActors) {
            outlived.put(id, job);
        }
    }

    /** Nothing of an ended job is left. */
    void forget(int id) {
        outlived.remove(id);
    }

    /** A job with a driver; null when it has none any more. */
    Job running(int id) {
        return running.get(id);
    }

    /** A job for which something may still run; null when there is none. */
    Job find(int id) {
        Job job = running.get(id);
        return job != null ? job : outlived.get(id);
    }

    boolean isOutlived(int id) {
        return outlived.containsKey(id);
    }

    /** How many have a driver. */
    int running() {
        return running.size();
    }
}
