// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.config.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.commons.configuration2.MapConfiguration;
import org.apache.commons.configuration2.convert.DisabledListDelimiterHandler;
import org.thornback.api.config.Option;

/** Reads the sources of the configuration, weakest first: files, environment, system properties, command line. */
final class Layers {
    private Layers() {}

    static List<Layer> read(
            Path home,
            Map<String, String> environment,
            Properties properties,
            Map<String, String> commandLine,
            List<String> problems) {
        List<Layer> layers = new ArrayList<>(FileLayers.read(home.resolve("etc"), problems));
        layers.add(new Layer(
                configuration(environment),
                option -> Layer.firstSet(option, environment),
                option -> "environment " + Layer.firstSet(option, environment).orElse("")));
        Map<String, String> system = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> system.put(name, properties.getProperty(name)));
        layers.add(new Layer(
                configuration(system), Layers::propertyKey, option -> "system property " + option.property()));
        layers.add(
                new Layer(configuration(commandLine), option -> Optional.of(option.name()), option -> "command line"));
        return layers;
    }

    static Optional<String> propertyKey(Option<?> option) {
        return Optional.of(option.property()).filter(key -> !key.isEmpty());
    }

    static MapConfiguration configuration(Map<String, String> values) {
        MapConfiguration configuration = new MapConfiguration(values);
        configuration.setListDelimiterHandler(DisabledListDelimiterHandler.INSTANCE);
        return configuration;
    }
}
