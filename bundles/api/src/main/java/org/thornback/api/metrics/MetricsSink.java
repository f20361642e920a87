// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.metrics;

import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Takes what {@link MetricSource}s report: whoever shows metrics has one and hands it to each source.
 *
 * <p>Names are Prometheus', with the unit last: lower case, words joined by {@code _}. All reports of one name have the same
 * labels. Names and labels are Ray's ({@code ray_…}) where the meaning is the same, else begin with {@code thornback_}.
 */
@ConsumerType
public interface MetricsSink {

    /**
     * Something that goes up and down.
     *
     * @param name        of the metric.
     * @param description one sentence.
     * @param labels      values by name; empty for none.
     * @param value       now.
     */
    void gauge(String name, String description, Map<String, String> labels, double value);

    /**
     * Something that only grows while the node runs.
     *
     * @param name        of the metric; ends in {@code _total}.
     * @param description one sentence.
     * @param labels      values by name; empty for none.
     * @param value       since the start.
     */
    void counter(String name, String description, Map<String, String> labels, double value);
}
