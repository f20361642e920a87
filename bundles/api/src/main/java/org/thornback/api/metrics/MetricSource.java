// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.metrics;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Something that can be measured. Registered as a service; asked each time somebody looks, and not in between, so that
 * measuring costs nothing while nobody does. Must be safe from any thread and take no longer than a few seconds.
 */
@ConsumerType
public interface MetricSource {

    /**
     * Reports every metric as it is now.
     *
     * @param sink takes them, within this call only.
     */
    void report(MetricsSink sink);
}
