// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps Config Admin saying what holds, so that whoever looks there or edits there sees the truth. Stateless. */
final class LiveSettings {
    private static final Logger LOG = LoggerFactory.getLogger("ray.plasma_store");
    private static final String ANY_BUNDLE = "?";

    private final Optional<ConfigurationAdmin> admin;
    private final String pid;

    LiveSettings(Optional<ConfigurationAdmin> admin, String pid) {
        this.admin = requireNonNull(admin, "admin");
        this.pid = requireNonNull(pid, "pid");
    }

    /** Writes the values, beside what else is there; does nothing when they are there already. */
    void write(Map<String, Object> values) {
        if (admin.isEmpty()) {
            return;
        }
        try {
            Configuration configuration = admin.get().getConfiguration(pid, ANY_BUNDLE);
            Dictionary<String, Object> properties = configuration.getProperties();
            Dictionary<String, Object> next = properties == null ? new Hashtable<>() : properties;
            values.forEach(next::put);
            configuration.updateIfDifferent(next);
        } catch (IOException e) {
            LOG.warn("the live configuration {} cannot be written: {}", pid, e.getMessage());
        }
    }
}
