// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.examples.policy;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.thornback.api.id.BinaryId;
import org.thornback.api.scheduling.SchedulingPolicy;

/**
 * Leaves one CPU of a machine to whoever else works on it: what asks for CPUs waits while it would take the last one.
 *
 * <p>Three things make a policy: the interface, a name by which users choose it, and a ranking. One that ranks higher than the
 * policy in use (the shipped one has 0) takes over when its bundle starts, and gives back when that stops:
 *
 * <pre>
 * ray deploy add org.thornback.examples.polite-policy.jar
 * ray policy list
 * ray deploy remove org.thornback.examples.polite-policy.jar
 * </pre>
 */
@Component(property = {SchedulingPolicy.NAME + "=polite", "service.ranking:Integer=10"})
public final class PolitePolicy implements SchedulingPolicy {
    private static final String CPU = "CPU";
    private static final long ONE = 10_000; // resources come in 1/10000

    // No locks: the scheduler calls one method at a time, on its own thread.
    private final Map<BinaryId, Long> freeCpus = new HashMap<>();
    private final Map<BinaryId, Long> allCpus = new HashMap<>();

    /** Knows no node until it is told of one. */
    @Activate
    public PolitePolicy() {}

    @Override
    public void changed(BinaryId node, Map<String, Long> total, Map<String, Long> available) {
        // The maps say what holds now and are not to be kept.
        allCpus.put(node, total.getOrDefault(CPU, 0L));
        freeCpus.put(node, available.getOrDefault(CPU, 0L));
    }

    @Override
    public void removed(BinaryId node) {
        allCpus.remove(node);
        freeCpus.remove(node);
    }

    @Override
    public Optional<BinaryId> choose(Map<String, Long> resources, BinaryId local) {
        // Called for each lease, and everything waits for the answer: look at what was kept, and at nothing else.
        long wanted = resources.getOrDefault(CPU, 0L);
        long free = freeCpus.getOrDefault(local, 0L);
        long all = allCpus.getOrDefault(local, 0L);
        boolean takesTheLast = free - wanted < ONE;
        boolean couldEverWait = wanted <= all - ONE; // what needs the whole machine would wait for ever
        return wanted > 0 && takesTheLast && couldEverWait ? Optional.empty() : Optional.of(local);
    }
}
