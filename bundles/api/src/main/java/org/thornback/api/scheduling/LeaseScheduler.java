// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.scheduling;

import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;
import org.thornback.api.id.BinaryId;

/**
 * Decides which requests of a node are granted when, and accounts for what is in use.
 *
 * <p>A state machine without threads: all methods are called by the raylet's conductor, one at a time, and return at once. The
 * raylet keeps requests and leases itself and tells a scheduler that comes later about them, so that a scheduler may be
 * replaced while leases live.
 */
@ProviderType
public interface LeaseScheduler {

    /**
     * Sets what the node has. Less than what is in use is allowed: nothing is granted until enough came back.
     *
     * @param node  its id, by which a policy knows it.
     * @param total in 1/10000.
     */
    void total(BinaryId node, Map<String, Long> total);

    /**
     * Whom to tell when it may decide otherwise although nobody called it, because there is another policy.
     *
     * @param wakeup called from any thread; must be short.
     */
    void whenChanged(Runnable wakeup);

    /**
     * Takes a request.
     *
     * @param request to be granted in its turn.
     */
    void request(LeaseRequest request);

    /**
     * Takes a request back.
     *
     * @param requestId of the request; unknown ones are ignored.
     */
    void cancel(long requestId);

    /**
     * Takes on a lease that another scheduler granted.
     *
     * @param request that was granted.
     */
    void adopt(LeaseRequest request);

    /**
     * A lease is over.
     *
     * @param requestId of the request that was granted; unknown ones are ignored.
     */
    void release(long requestId);

    /**
     * What holds a lease waits for others, so its CPUs are free for now; or goes on, which it may at once.
     *
     * @param requestId of the lease.
     * @param blocked   whether it waits.
     */
    void blocked(long requestId, boolean blocked);

    /**
     * A request without resources would wait for ever: it is granted next, beyond the soft limit.
     *
     * @param requestId of the request; unknown ones, and those with resources, are ignored.
     */
    void insist(long requestId);

    /**
     * Grants what can be granted now.
     *
     * @return requests granted, in the order they are to be served.
     */
    List<LeaseRequest> grant();

    /**
     * Requests that this node can never grant, each once.
     *
     * @return mostly empty.
     */
    List<LeaseRequest> newlyInfeasible();

    /**
     * What the node has.
     *
     * @return in 1/10000.
     */
    Map<String, Long> total();

    /**
     * What is not in use; negative while blocked leases went on.
     *
     * @return in 1/10000.
     */
    Map<String, Long> available();

    /**
     * Why requests wait.
     *
     * @return by their ids; none of those that nothing keeps from being granted next.
     */
    Map<Long, Shortage> shortages();

    /**
     * Requests not granted yet.
     *
     * @return oldest first.
     */
    List<LeaseRequest> waiting();
}
