// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.config.internal;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ManagedService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thornback.api.ThornbackException;
import org.thornback.api.config.LiveConfiguration;
import org.thornback.api.config.Option;
import org.thornback.api.config.OptionCatalogue;

/**
 * Keeps Config Admin and the live layer the same: edits there go to the layer, and what it refuses is put back there. The first
 * Config Admin is followed, for it may hold edits of before; a later one is told what holds, whatever it has found on its disk.
 * Safe from any thread; its lock is held until both are the same again.
 */
final class LiveAdmin implements LiveConfiguration, ManagedService {
    private static final Logger LOG = LoggerFactory.getLogger("ray.raylet");
    private static final String ANY_BUNDLE = "?";
    private static final String SOURCE = "Config Admin";
    /** What Config Admin and File Install add to every configuration. */
    private static final List<String> FOREIGN = List.of("service.", "felix.");

    private final LiveEdits edits;
    private Optional<ConfigurationAdmin> admin = Optional.empty();
    private boolean hasSeenOne;

    LiveAdmin(LiveEdits edits) {
        this.edits = requireNonNull(edits, "edits");
    }

    synchronized void come(ConfigurationAdmin next) {
        boolean first = !hasSeenOne && edits.live().isEmpty();
        admin = Optional.of(next);
        hasSeenOne = true;
        if (first) {
            follow();
        } else {
            write(edits.live());
        }
    }

    synchronized void go(ConfigurationAdmin gone) {
        admin = admin.filter(present -> present != gone);
    }

    @Override
    public void set(Map<String, String> values, String source) {
        replace(Set.of(), values, source);
    }

    @Override
    public synchronized void replace(Set<String> before, Map<String, String> values, String source) {
        write(edits.change(before, values, source));
    }

    /** What is told here was held a while ago, and may have been changed since. One that has not come yet, or goes, says nothing. */
    @Override
    public synchronized void updated(Dictionary<String, ?> told) {
        follow();
    }

    private void follow() {
        if (admin.isEmpty()) {
            return;
        }
        try {
            edits.replace(held(admin.get()), SOURCE);
        } catch (IOException | IllegalStateException unreadable) {
            LOG.warn("the live configuration {} cannot be read: {}", PID, unreadable.getMessage());
        } catch (ThornbackException refused) {
            LOG.warn("the edit of {} is refused, the last good values are back: {}", PID, refused.getMessage());
            write(edits.live());
        }
    }

    private static Map<String, String> held(ConfigurationAdmin admin) throws IOException {
        Map<String, String> values = new HashMap<>();
        try {
            Configuration[] found = admin.listConfigurations("(" + Constants.SERVICE_PID + "=" + PID + ")");
            Dictionary<String, ?> properties = found == null ? null : found[0].getProperties();
            for (String name : properties == null ? List.<String>of() : Collections.list(properties.keys())) {
                if (FOREIGN.stream().noneMatch(name::startsWith)) {
                    values.put(name, String.valueOf(properties.get(name)));
                }
            }
            return values;
        } catch (InvalidSyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void write(Map<String, String> values) {
        if (admin.isEmpty()) {
            return;
        }
        try {
            Configuration configuration = admin.get().getConfiguration(PID, ANY_BUNDLE);
            Dictionary<String, Object> next = new Hashtable<>();
            Dictionary<String, Object> before = configuration.getProperties();
            if (before != null) {
                for (String name : Collections.list(before.keys())) {
                    if (FOREIGN.stream().anyMatch(name::startsWith)) {
                        next.put(name, before.get(name));
                    }
                }
            }
            values.forEach((name, text) -> next.put(name, typed(name, text)));
            configuration.updateIfDifferent(next);
        } catch (IOException | IllegalStateException e) { // it goes, and the next one is told
            LOG.warn("the live configuration {} cannot be written: {}", PID, e.getMessage());
        }
    }

    /** Numbers as numbers, as the metatype has them. */
    private static Object typed(String name, String text) {
        Class<?> type = OptionCatalogue.ALL.stream()
                .filter(option -> option.name().equals(name))
                .<Class<?>>map(Option::type)
                .findFirst()
                .orElse(String.class);
        if (text.isEmpty()) {
            return text;
        }
        if (type == Integer.class) {
            return Integer.valueOf(text.strip());
        }
        return type == Long.class ? (Object) Long.valueOf(text.strip()) : text;
    }
}
