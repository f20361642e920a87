// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.scheduler.internal;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thornback.api.InvalidInputException;
import org.thornback.api.config.Configuration;
import org.thornback.api.config.LiveConfiguration;
import org.thornback.api.config.LiveOptions;
import org.thornback.api.config.Option;
import org.thornback.api.config.OptionCatalogue;
import org.thornback.api.scheduling.SchedulingPolicies;
import org.thornback.api.scheduling.SchedulingPolicy;

/**
 * The policies there are, and which of them the scheduler asks: the one the option names, else the one that ranks highest. While
 * the one that was named is away, the best of the others stands in. Safe from any thread; {@link #get} takes no lock.
 */
@Component(service = {PolicyChoice.class, SchedulingPolicies.class, LiveOptions.class})
public final class PolicyChoice implements SchedulingPolicies, LiveOptions, Supplier<Candidate> {
    private static final Logger LOG = LoggerFactory.getLogger("ray.raylet");
    private static final String SOURCE = "policy use";

    private final List<Candidate> candidates = new ArrayList<>();
    private String wanted = "";
    private volatile Candidate chosen;
    private Runnable onChange = () -> {};

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile LiveConfiguration live;

    /** Knows no policy yet. */
    @Activate
    public PolicyChoice() {}

    /** The policy to ask now; null while there is none. */
    @Override
    public Candidate get() {
        return chosen;
    }

    /** Called when another policy is asked from now on. */
    synchronized void whenChanged(Runnable action) {
        onChange = requireNonNull(action, "action");
    }

    /**
     * A policy has come.
     *
     * @param policy     to be asked when it is the one.
     * @param properties of its service.
     */
    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public synchronized void addPolicy(SchedulingPolicy policy, Map<String, Object> properties) {
        candidates.add(new Candidate(policy, properties));
        candidates.sort(Candidate.BEST_FIRST);
        choose();
    }

    /**
     * A policy has gone.
     *
     * @param policy asked for nothing more, except for a decision that is being made.
     */
    public synchronized void removePolicy(SchedulingPolicy policy) {
        candidates.removeIf(candidate -> candidate.policy() == policy);
        choose();
    }

    /**
     * The configuration is there.
     *
     * @param configuration names the policy, or none.
     */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public synchronized void setConfiguration(Configuration configuration) {
        wanted = configuration.find(OptionCatalogue.SCHEDULER_POLICY).orElse("");
        choose();
    }

    /**
     * The configuration has gone; what it said still holds.
     *
     * @param configuration that goes.
     */
    public void unsetConfiguration(Configuration configuration) {
        // nothing changes until another one says otherwise
    }

    @Override
    public Set<Option<?>> options() {
        return Set.of(OptionCatalogue.SCHEDULER_POLICY);
    }

    @Override
    public synchronized void take(Configuration now) {
        String name = now.find(OptionCatalogue.SCHEDULER_POLICY).orElse("");
        if (!name.equals(wanted)) {
            if (!name.isEmpty() && find(name).isEmpty()) {
                throw new InvalidInputException("scheduler-policy=" + name + " is not there; there are " + names()
                        + ". Drop the bundle that has it into deploy/ first.");
            }
            wanted = name;
            choose();
        }
    }

    @Override
    public synchronized List<Entry> list() {
        return candidates.stream()
                .map(candidate -> candidate.entry(candidate == chosen))
                .sorted(Comparator.comparing(Entry::name))
                .toList();
    }

    @Override
    public void use(String name) {
        LiveConfiguration edited = live;
        if (edited == null) {
            throw new InvalidInputException(
                    "the configuration of this node is not there (any more): start its bundle.");
        }
        edited.set(Map.of(OptionCatalogue.SCHEDULER_POLICY.name(), name), SOURCE);
    }

    private Optional<Candidate> find(String name) {
        return candidates.stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst();
    }

    private String names() {
        return candidates.stream().map(Candidate::name).sorted().distinct().collect(Collectors.joining(", "));
    }

    private void choose() {
        Candidate before = chosen;
        Candidate next = find(wanted).or(() -> candidates.stream().findFirst()).orElse(null);
        if (next == before) {
            return;
        }
        chosen = next;
        onChange.run();
        if (before != null) {
            LOG.info("scheduling policy: {} -> {}", before.name(), next == null ? "none" : next.name());
        }
        if (before != null && before.name().equals(wanted)) {
            LOG.warn(
                    "scheduler-policy={} has gone, {} decides until it is back",
                    wanted,
                    next == null ? "this node by itself" : next.name());
        }
    }
}
