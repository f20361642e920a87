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
 * Keeps Config Admin and the live layer the same: edits there go to the layer, and what it refuses is put back there. Safe from
 * any thread; its lock is held until both are the same again.
 */
final class LiveAdmin implements LiveConfiguration, ManagedService {
    private static final Logger LOG = LoggerFactory.getLogger("ray.raylet");
    private static final String ANY_BUNDLE = "?";
    private static final String SOURCE = "Config Admin";
    /** What Config Admin and File Install add to every configuration. */
    private static final List<String> FOREIGN = List.of("service.", "felix.");

    private final LiveEdits edits;
    private final Optional<ConfigurationAdmin> admin;

    LiveAdmin(LiveEdits edits, Optional<ConfigurationAdmin> admin) {
        this.edits = requireNonNull(edits, "edits");
        this.admin = requireNonNull(admin, "admin");
    }

    @Override
    public void set(Map<String, String> values, String source) {
        replace(Set.of(), values, source);
    }

    @Override
    public synchronized void replace(Set<String> before, Map<String, String> values, String source) {
        write(edits.change(before, values, source));
    }

    @Override
    public synchronized void updated(Dictionary<String, ?> told) {
        Dictionary<String, ?> properties = held(told);
        Map<String, String> wanted = new HashMap<>();
        if (properties != null) {
            for (String name : Collections.list(properties.keys())) {
                if (FOREIGN.stream().noneMatch(name::startsWith)) {
                    wanted.put(name, String.valueOf(properties.get(name)));
                }
            }
        }
        try {
            edits.replace(wanted, SOURCE);
        } catch (ThornbackException refused) {
            LOG.warn("the edit of {} is refused, the last good values are back: {}", PID, refused.getMessage());
            write(edits.live());
        }
    }

    /** What Config Admin holds now: what it tells is what it held a while ago, and may have been changed here since. */
    private Dictionary<String, ?> held(Dictionary<String, ?> told) {
        if (admin.isEmpty()) {
            return told;
        }
        try {
            Configuration[] found = admin.get().listConfigurations("(" + Constants.SERVICE_PID + "=" + PID + ")");
            return found == null ? null : found[0].getProperties();
        } catch (IOException e) {
            LOG.warn("the live configuration {} cannot be read: {}", PID, e.getMessage());
            return told;
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
        } catch (IOException e) {
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
