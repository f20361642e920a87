// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.config.internal;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thornback.api.InvalidInputException;
import org.thornback.api.config.Explanation;
import org.thornback.api.config.LiveOptions;
import org.thornback.api.config.Option;
import org.thornback.api.config.OptionCatalogue;

/**
 * Owns the live layer: what was edited while the node runs. An edit is checked as a whole, taken on by every part it concerns,
 * and only then holds; if one part refuses, those before it go back. Edits are made one after the other, on the threads that
 * make them.
 */
final class LiveEdits {
    private static final Logger LOG = LoggerFactory.getLogger("ray.raylet");

    private final List<Layer> below;
    private final CurrentConfiguration current;
    private final List<LiveOptions> parts = new CopyOnWriteArrayList<>();
    private Map<String, String> live = Map.of();
    private Map<String, String> sources = Map.of();

    LiveEdits(List<Layer> below, CurrentConfiguration current) {
        this.below = List.copyOf(below);
        this.current = requireNonNull(current, "current");
    }

    void add(LiveOptions part) {
        parts.add(part);
    }

    void remove(LiveOptions part) {
        parts.remove(part);
    }

    /** Goes on with the edits of a predecessor, which the parts have taken on already. */
    synchronized void goOn(Map<String, String> values, Map<String, String> origins) {
        current.become(checked(values, origins));
        live = Map.copyOf(values);
        sources = Map.copyOf(origins);
    }

    /** Who made the edits that hold, by name of the option. */
    synchronized Map<String, String> sources() {
        return sources;
    }

    /** The values that hold by edits, by name. */
    synchronized Map<String, String> live() {
        return live;
    }

    /** Lets other values hold beside those edited before, and in place of some; returns all that hold then. */
    synchronized Map<String, String> change(Set<String> before, Map<String, String> values, String source) {
        Map<String, String> all = new HashMap<>(live);
        all.keySet().removeAll(before);
        all.putAll(values);
        return replace(all, source);
    }

    /** Lets these values hold and no others by edits; returns them. */
    synchronized Map<String, String> replace(Map<String, String> values, String source) {
        Map<String, String> origin = new HashMap<>();
        values.forEach((name, text) -> origin.put(name, text.equals(live.get(name)) ? sources.get(name) : source));
        LayeredConfiguration next = checked(values, origin);
        List<Option<?>> changed = OptionCatalogue.ALL.stream()
                .filter(option -> !text(current.now(), option).equals(text(next, option)))
                .toList();
        hand(changed, next);
        changed.forEach(option -> LOG.info(
                "option {}: {} -> {} ({})", option.name(), shown(current.now(), option), shown(next, option), source));
        live = Map.copyOf(values);
        sources = Map.copyOf(origin);
        current.become(next);
        return live;
    }

    private LayeredConfiguration checked(Map<String, String> values, Map<String, String> origin) {
        List<String> problems = new ArrayList<>();
        List<String> names = OptionCatalogue.ALL.stream()
                .filter(Option::live)
                .map(Option::name)
                .toList();
        for (String name : values.keySet()) {
            if (!names.contains(name)) {
                problems.add(
                        OptionCatalogue.ALL.stream()
                                        .anyMatch(option -> option.name().equals(name))
                                ? "option=" + name
                                        + " cannot be changed while the node runs: give it at the next start."
                                : "option=" + name + " is unknown; did you mean " + NearestName.of(name, names) + "?");
            }
        }
        List<Layer> layers = new ArrayList<>(below);
        layers.add(new Layer(
                Layers.configuration(values),
                option -> Optional.of(option.name()).filter(values::containsKey),
                option -> origin.get(option.name()),
                true));
        LayeredConfiguration next = new LayeredConfiguration(layers, problems);
        if (!problems.isEmpty()) {
            throw new InvalidInputException(String.join(" ", problems));
        }
        return next;
    }

    private void hand(List<Option<?>> changed, LayeredConfiguration next) {
        List<LiveOptions> done = new ArrayList<>();
        List<Option<?>> alone = new ArrayList<>(changed);
        try {
            for (LiveOptions part : parts) {
                if (!Collections.disjoint(part.options(), changed)) {
                    part.take(next);
                    done.add(part);
                    alone.removeAll(part.options());
                }
            }
            if (!alone.isEmpty()) {
                throw new InvalidInputException("option=" + alone.getFirst().name()
                        + " concerns a part of the node that does not run (yet); see ray status.");
            }
        } catch (RuntimeException refused) {
            done.reversed().forEach(this::goBack);
            throw refused;
        }
    }

    /** One part that cannot go back keeps no other from it. */
    private void goBack(LiveOptions part) {
        try {
            part.take(current.now());
        } catch (RuntimeException stays) {
            LOG.warn("a part of the node does not go back to what held before: {}", stays.getMessage(), stays);
        }
    }

    private static String text(LayeredConfiguration configuration, Option<?> option) {
        return configuration.find(option).map(String::valueOf).orElse("");
    }

    private static String shown(LayeredConfiguration configuration, Option<?> option) {
        Explanation explanation = configuration.explain(option);
        return explanation.value().isEmpty() ? "none" : explanation.value();
    }
}
