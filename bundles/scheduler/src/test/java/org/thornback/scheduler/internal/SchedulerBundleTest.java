// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.scheduler.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.Bundle;
import org.thornback.api.id.BinaryId;
import org.thornback.api.scheduling.LeaseRequest;
import org.thornback.api.scheduling.LeaseRequest.Kind;
import org.thornback.api.scheduling.LeaseScheduler;
import org.thornback.testkit.FelixExtension;

class SchedulerBundleTest {
    @RegisterExtension
    final FelixExtension felix = new FelixExtension().componentRuntime().bundles("org.thornback.scheduler");

    @Test
    void shouldGiveASchedulerThatKnowsNothingAndTakeItBackWhenItStops() throws Exception {
        LeaseScheduler scheduler = felix.service(LeaseScheduler.class);
        assertThat(scheduler.total()).isEmpty();
        scheduler.total(BinaryId.random(), Map.of("CPU", 10_000L));
        LeaseRequest request = new LeaseRequest(1, 1, Kind.TASK, Map.of("CPU", 10_000L), "Main.run");
        scheduler.request(request);
        assertThat(scheduler.grant()).containsExactly(request);
        Bundle bundle = felix.bundle("org.thornback.scheduler");

        bundle.stop();

        assertThat(felix.context().getServiceReference(LeaseScheduler.class)).isNull();
        bundle.start();
        LeaseScheduler next = felix.service(LeaseScheduler.class);
        assertThat(next).isNotSameAs(scheduler);
        next.total(BinaryId.random(), Map.of("CPU", 10_000L));
        next.adopt(request);
        assertThat(next.available()).as("what the one before it had granted").isEqualTo(Map.of("CPU", 0L));
    }
}
