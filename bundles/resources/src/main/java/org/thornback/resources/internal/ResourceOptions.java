// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.resources.internal;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.thornback.api.InvalidInputException;
import org.thornback.api.config.Configuration;
import org.thornback.api.config.LiveOptions;
import org.thornback.api.config.Option;
import org.thornback.api.config.OptionCatalogue;
import org.thornback.api.resources.Machine;
import org.thornback.api.resources.NodeResources;
import org.thornback.api.resources.ResourceListener;

/**
 * The options that say what the node offers, taken on while it runs. What nobody says stays what was detected at the start: an
 * edit of one amount is no reason for another to change. Edits come one after the other; listeners from any thread.
 */
final class ResourceOptions implements LiveOptions {
    private final Machine machine;
    private final StorePlace place;
    private final String ip;
    private final List<ResourceListener> listeners = new CopyOnWriteArrayList<>();
    private volatile NodeResources offered;
    private volatile boolean edited;

    /**
     * Begins with what the node started with.
     *
     * @param machine as it was detected.
     * @param place   of the object store at the start.
     * @param first   what the node offers.
     */
    ResourceOptions(Machine machine, StorePlace place, NodeResources first) {
        this.machine = requireNonNull(machine, "machine");
        this.place = requireNonNull(place, "place");
        this.offered = requireNonNull(first, "first");
        this.ip = first.nodeIp();
    }

    /** Somebody hears of edits from now on, and of what was edited before. */
    void add(ResourceListener listener) {
        listeners.add(listener);
        if (edited) {
            listener.offered(offered);
        }
    }

    void remove(ResourceListener listener) {
        listeners.remove(listener);
    }

    @Override
    public Set<Option<?>> options() {
        return Set.of(
                OptionCatalogue.NUM_CPUS,
                OptionCatalogue.NUM_GPUS,
                OptionCatalogue.RESOURCES,
                OptionCatalogue.MEMORY,
                OptionCatalogue.OBJECT_STORE_MEMORY);
    }

    @Override
    public void take(Configuration now) {
        List<String> problems = new ArrayList<>();
        NodeResources next = new ResourceRules(now, machine, placeFor(now), problems).resolve(ip);
        if (!problems.isEmpty()) {
            throw new InvalidInputException(String.join(" ", problems));
        }
        List<ResourceListener> told = new ArrayList<>();
        try {
            for (ResourceListener listener : listeners) {
                listener.offered(next);
                told.add(listener);
            }
        } catch (RuntimeException refused) {
            told.reversed().forEach(listener -> listener.offered(offered));
            throw refused;
        }
        offered = next;
        edited = true;
    }

    /** How much fits a running store is for the store to say: it knows where it is, and has memory there already. */
    private StorePlace placeFor(Configuration now) {
        return now.find(OptionCatalogue.OBJECT_STORE_MEMORY).isPresent()
                ? new StorePlace(place.directory(), Long.MAX_VALUE, place.kind())
                : place;
    }
}
