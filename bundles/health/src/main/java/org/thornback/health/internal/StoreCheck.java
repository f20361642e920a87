// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.health.internal;

import java.util.concurrent.ThreadLocalRandom;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.Result.Status;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.thornback.api.store.ObjectStore;
import org.thornback.api.store.PlasmaId;
import org.thornback.api.store.StoreCounter;
import org.thornback.api.store.StoreStatistics;

/**
 * Asks the store's conductor for an object nobody has, then looks at the counters. Safe from any thread.
 *
 * <p>A full store is no failure: it evicts and writes out. That its conductor caught an error is never expected.
 */
@Component(
        property = {
            HealthCheck.NAME + "=object-store",
            HealthCheck.TAGS + "=node",
            Meaning.PROPERTY + "=The object store answers, has room, and keeps new objects in the backend wanted."
        })
public final class StoreCheck implements HealthCheck {
    private static final long FULL_PERCENT = 95;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ObjectStore store;

    /** Waits for somebody to ask. */
    @Activate
    public StoreCheck() {}

    @Override
    public Result execute() {
        ObjectStore asked = store;
        return asked == null
                ? Answers.critical("the object store of this node does not run (yet): no object can be created.")
                : Answers.await("the object store", asked.contains(nobodys()), missing -> finding(asked.statistics()));
    }

    private static PlasmaId nobodys() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new PlasmaId(random.nextLong(), random.nextLong(), random.nextInt());
    }

    private static Result finding(StoreStatistics statistics) {
        long capacity = statistics.value(StoreCounter.CAPACITY_BYTES);
        long used = statistics.value(StoreCounter.USED_BYTES);
        String amount = used + " of " + capacity + " bytes are used, backend " + statistics.backend() + ".";
        if (statistics.value(StoreCounter.CONDUCTOR_ERRORS_TOTAL) > 0) {
            return new Result(
                    Status.WARN,
                    statistics.value(StoreCounter.CONDUCTOR_ERRORS_TOTAL)
                            + " errors happened in the store's conductor: plasma_store.err has them. " + amount);
        }
        if (!statistics.remark().isEmpty()) {
            return new Result(Status.WARN, statistics.remark() + " " + amount);
        }
        if (used > capacity / 100 * FULL_PERCENT) {
            return new Result(
                    Status.WARN,
                    amount + " What nobody uses is evicted, what is held is written out: give a larger"
                            + " object-store-memory if that is too slow.");
        }
        return new Result(Status.OK, amount);
    }
}
