// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.worker;

import java.nio.file.Path;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;
import org.thornback.api.id.BinaryId;

/**
 * The worker processes of a node. It starts some ahead of need, lends them to jobs, takes them back, and ends them.
 *
 * <p>Safe from any thread; nothing blocks. The listener is called from threads of the pool.
 */
@ProviderType
public interface WorkerPool {

    /** Hears of workers. */
    interface Listener {

        /**
         * A demand is met.
         *
         * @param demandId of the demand.
         * @param worker   registered with the raylet, lent until it is returned or ends.
         */
        void available(long demandId, BinaryId worker);

        /**
         * A worker process has ended, whoever ended it.
         *
         * @param worker its id.
         * @param pid    of the process.
         * @param status as {@link Process#exitValue}.
         */
        void ended(BinaryId worker, long pid, int status);

        /**
         * A worker could not be started.
         *
         * @param demandId of the demand it was for.
         * @param reason   one sentence.
         */
        void failed(long demandId, String reason);
    }

    /**
     * Begins to start workers.
     *
     * @param rayletSocket where they register.
     * @param listener     hears of them.
     */
    void open(Path rayletSocket, Listener listener);

    /**
     * A worker takes calls now.
     *
     * @param worker its id.
     * @return false for a process this pool did not start.
     */
    boolean registered(BinaryId worker);

    /**
     * Wants a worker.
     *
     * @param demandId unique.
     * @param demand   what it has to be like.
     */
    void demand(long demandId, WorkerDemand demand);

    /**
     * No longer wants it; {@link Listener#available} may cross this.
     *
     * @param demandId of the demand.
     */
    void cancel(long demandId);

    /**
     * A lent worker is idle again.
     *
     * @param worker its id.
     */
    void giveBack(BinaryId worker);

    /**
     * Ends a worker, at once and without asking it.
     *
     * @param worker its id; unknown ones are ignored.
     */
    void kill(BinaryId worker);

    /**
     * Ends all workers of a job.
     *
     * @param jobId of the job.
     */
    void endJob(int jobId);

    /**
     * The workers there are.
     *
     * @return in no order.
     */
    List<WorkerInfo> workers();
}
