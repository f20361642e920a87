// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.metrics.internal;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thornback.api.metrics.MetricSource;
import org.thornback.api.metrics.MetricsSink;
import org.thornback.api.resources.NodeResources;
import org.thornback.api.session.Session;

/**
 * The page: asks every source, then writes what it was told, and what the JVM says of itself, in Prometheus' text format.
 *
 * <p>Owns the registry. Whoever asks waits for those who asked before; what a source no longer reports is gone from the next
 * page. It is made when somebody asks for the first time.
 */
@Component(service = MetricsPage.class)
public final class MetricsPage {
    private static final Logger LOG = LoggerFactory.getLogger("ray.raylet");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final List<MetricSource> sources = new CopyOnWriteArrayList<>();
    private final Map<Key, Shown> shown = new HashMap<>();

    private record Key(String name, Map<String, String> labels) {}

    /** A meter and the value it has on the next page. */
    private static final class Shown {
        private volatile double value;
        private Meter meter;

        double value() {
            return value;
        }
    }

    /**
     * Knows what all metrics have in common.
     *
     * @param session   of this node.
     * @param resources know its address.
     */
    @Activate
    public MetricsPage(@Reference Session session, @Reference NodeResources resources) {
        registry.config().commonTags("SessionName", session.name(), "NodeAddress", resources.nodeIp());
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        collections.bindTo(registry);
    }

    /** Lets go of the JVM's notifications. */
    @Deactivate
    public void close() {
        collections.close();
        registry.close();
    }

    /**
     * A source comes.
     *
     * @param source is asked from now on.
     */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public void addSource(MetricSource source) {
        sources.add(source);
    }

    /**
     * A source goes.
     *
     * @param source is asked no more.
     */
    public void removeSource(MetricSource source) {
        sources.remove(source);
    }

    /**
     * The page now.
     *
     * @return text of Prometheus, format 0.0.4.
     */
    synchronized String text() {
        Report report = new Report();
        for (MetricSource source : sources) {
            try {
                source.report(report);
            } catch (RuntimeException broken) {
                LOG.warn("metrics of {} are left out", source.getClass().getName(), broken);
            }
        }
        shown.entrySet().removeIf(entry -> {
            boolean gone = !report.heard.contains(entry.getKey());
            if (gone) {
                registry.remove(entry.getValue().meter);
            }
            return gone;
        });
        return registry.scrape();
    }

    /** What is reported for one page. */
    private final class Report implements MetricsSink {
        private final Set<Key> heard = new HashSet<>();

        @Override
        public void gauge(String name, String description, Map<String, String> labels, double value) {
            hear(
                    new Key(name, labels),
                    value,
                    one -> Gauge.builder(name, one, Shown::value)
                            .description(description)
                            .tags(tags(labels))
                            .strongReference(true)
                            .register(registry));
        }

        @Override
        public void counter(String name, String description, Map<String, String> labels, double value) {
            hear(
                    new Key(name, labels),
                    value,
                    one -> FunctionCounter.builder(name, one, Shown::value)
                            .description(description)
                            .tags(tags(labels))
                            .register(registry));
        }

        private void hear(Key key, double value, Function<Shown, Meter> register) {
            Shown one = shown.get(key);
            if (one == null) {
                one = new Shown();
                one.meter = register.apply(one);
                shown.put(key, one);
            }
            one.value = value;
            heard.add(key);
        }
    }

    private static Tags tags(Map<String, String> labels) {
        return Tags.of(labels.entrySet().stream()
                .map(label -> Tag.of(label.getKey(), label.getValue()))
                .toList());
    }
}
