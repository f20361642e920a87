// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.config.internal;

import java.util.Map;
import org.thornback.api.config.LaunchOptions;
import org.thornback.testkit.FelixExtension;

/** A framework with the configuration bundle and what it needs. */
final class ConfigFelix {
    private ConfigFelix() {}

    /** What a start gives. */
    record Launch(Map<String, String> given) implements LaunchOptions {
        @Override
        public boolean owned() {
            return false;
        }
    }

    static FelixExtension create() {
        return new FelixExtension()
                .componentRuntime()
                .exports("org.osgi.service.cm", "org.osgi.service.metatype")
                .bundles(
                        "org.apache.felix.configadmin",
                        "org.apache.commons.commons-io",
                        "org.apache.commons.commons-logging",
                        "org.apache.commons.lang3",
                        "org.apache.commons.text",
                        "org.apache.commons.commons-configuration2",
                        "com.typesafe.config",
                        "com.google.gson",
                        "org.thornback.config");
    }
}
