// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.thornback.api.cluster.JobInfo;

/**
 * The jobs whose drivers are connected, and those that have ended but left detached actors, which need the job's classes and
 * options when they are constructed again; and for lists the latest that have finished. Owned by the conductor.
 */
final class JobTable {
    private static final int KEPT_FINISHED = 1_000;

    private final Map<Integer, Job> running = new HashMap<>();
    private final Map<Integer, Job> outlived = new HashMap<>();
    private final Deque<JobInfo> finished = new ArrayDeque<>();

    void begin(Job job) {
        running.put(job.id(), job);
    }

    /** A job's driver is gone; its actors may keep the job known. */
    void end(int id, boolean outlivedByActors) {
        Job job = running.remove(id);
        if (job != null) {
            finished.add(info(job, JobInfo.State.FINISHED));
        }
        if (finished.size() > KEPT_FINISHED) {
            finished.poll();
        }
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

    /** Those that run, and the latest of those that have finished, in the order of their numbers. */
    List<JobInfo> infos() {
        List<JobInfo> infos = new ArrayList<>(finished);
        running.values().forEach(job -> infos.add(info(job, JobInfo.State.RUNNING)));
        infos.sort(Comparator.comparingInt(JobInfo::id));
        return infos;
    }

    private static JobInfo info(Job job, JobInfo.State state) {
        return new JobInfo(job.id(), job.driver().pid(), job.entrypoint(), job.namespace(), state);
    }

    /** How many have a driver. */
    int running() {
        return running.size();
    }
}
