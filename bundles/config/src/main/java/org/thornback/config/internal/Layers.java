// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.config.internal;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import java.nio.file.Files;
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
import org.thornback.api.config.OptionCatalogue;

/** Reads the sources of the configuration, weakest first: file, environment, system properties, command line. */
final class Layers {
    private static final String PREFIX = "ray.";

    private Layers() {}

    static List<Layer> read(
            Path home,
            Map<String, String> environment,
            Properties properties,
            Map<String, String> commandLine,
            List<String> problems) {
        List<Layer> layers = new ArrayList<>();
        Path file = home.resolve("etc/ray.conf");
        if (Files.exists(file)) {
            layers.add(new Layer(configuration(hocon(file, problems)), Layers::propertyKey, option -> "file " + file));
        }
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

    private static Optional<String> propertyKey(Option<?> option) {
        return Optional.of(option.property()).filter(key -> !key.isEmpty());
    }

    static MapConfiguration configuration(Map<String, String> values) {
        MapConfiguration configuration = new MapConfiguration(values);
        configuration.setListDelimiterHandler(DisabledListDelimiterHandler.INSTANCE);
        return configuration;
    }

    /** The options of a file; each may leave out the prefix. */
    private static Map<String, String> hocon(Path file, List<String> problems) {
        List<String> known = OptionCatalogue.ALL.stream().map(Option::property).toList();
        Map<String, String> values = new HashMap<>();
        try {
            for (Map.Entry<String, ConfigValue> entry :
                    ConfigFactory.parseFile(file.toFile()).resolve().entrySet()) {
                String key = entry.getKey().startsWith(PREFIX) ? entry.getKey() : PREFIX + entry.getKey();
                if (known.contains(key)) {
                    values.put(key, String.valueOf(entry.getValue().unwrapped()));
                } else {
                    problems.add("option=" + key + " (file " + file + ") is unknown; did you mean "
                            + NearestName.of(key, known) + "?");
                }
            }
        } catch (ConfigException e) {
            problems.add("file=" + file + " is not valid HOCON: " + e.getMessage());
        }
        return values;
    }
}
