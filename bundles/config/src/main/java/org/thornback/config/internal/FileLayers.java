// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.config.internal;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.thornback.api.config.Option;
import org.thornback.api.config.OptionCatalogue;

/**
 * Reads the files of a distribution's {@code etc}, weakest first: {@code ray.conf} in HOCON, then {@code *.cfg} with lines
 * {@code NAME = VALUE}, in the order of their names; hidden ones and those of editors are passed over. Names are those of
 * options or of their system properties, which may leave out the prefix.
 */
final class FileLayers {
    private static final String PREFIX = "ray.";
    private static final List<String> KNOWN =
            OptionCatalogue.ALL.stream().map(Option::property).toList();

    private FileLayers() {}

    static List<Layer> read(Path directory, List<String> problems) {
        List<Layer> layers = new ArrayList<>();
        Path hocon = directory.resolve("ray.conf");
        if (Files.exists(hocon)) {
            layers.add(layer(hocon, hocon(hocon, problems), problems));
        }
        for (Path file : lists(directory, problems)) {
            layers.add(layer(file, lines(file, problems), problems));
        }
        return layers;
    }

    private static Layer layer(Path file, Map<String, String> said, List<String> problems) {
        Map<String, String> values = new HashMap<>();
        said.forEach((name, text) -> {
            String key = name.startsWith(PREFIX) ? name : PREFIX + name;
            OptionCatalogue.ALL.stream()
                    .filter(option -> !option.property().isEmpty())
                    .filter(option ->
                            option.property().equals(key) || option.name().equals(name))
                    .findFirst()
                    .ifPresentOrElse(
                            option -> values.put(option.property(), text),
                            () -> problems.add("option=" + key + " (file " + file + ") is unknown; did you mean "
                                    + NearestName.of(key, KNOWN) + "?"));
        });
        return new Layer(Layers.configuration(values), Layers::propertyKey, option -> "file " + file);
    }

    private static List<Path> lists(Path directory, List<String> problems) {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> all = Files.newDirectoryStream(directory, "[!.~#]*.cfg")) {
                all.forEach(files::add);
            } catch (IOException unreadable) {
                problems.add("directory=" + directory + " cannot be read: " + unreadable + ".");
            }
        }
        files.sort(null);
        return files;
    }

    private static Map<String, String> hocon(Path file, List<String> problems) {
        Map<String, String> values = new HashMap<>();
        try {
            ConfigFactory.parseFile(file.toFile())
                    .resolve()
                    .entrySet()
                    .forEach(entry -> values.put(
                            entry.getKey(), String.valueOf(entry.getValue().unwrapped())));
        } catch (ConfigException e) {
            problems.add("file=" + file + " is not valid HOCON: " + e.getMessage());
        }
        return values;
    }

    private static Map<String, String> lines(Path file, List<String> problems) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException wrong) {
            problems.add("file=" + file + " has no lines NAME = VALUE in UTF-8: " + wrong.getMessage() + ".");
            return Map.of();
        }
        Map<String, String> values = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name)));
        return values;
    }
}
