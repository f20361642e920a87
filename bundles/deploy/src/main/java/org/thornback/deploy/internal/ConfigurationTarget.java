// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.deploy.internal;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.StringReader;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Supplier;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.thornback.api.InvalidInputException;
import org.thornback.api.config.LiveConfiguration;

/**
 * Hands {@code PID.cfg} and {@code FACTORY~NAME.cfg} to Config Admin. Live options are edited through their own service: it
 * says what is wrong with a value, and a file says something about its own options only.
 */
final class ConfigurationTarget implements Target {
    private static final String ANY_BUNDLE = "?";

    private final Supplier<ConfigurationAdmin> admin;
    private final Supplier<LiveConfiguration> live;
    private final Map<String, Set<String>> options = new HashMap<>();

    /**
     * Has taken nothing in yet.
     *
     * @param admin null while there is none.
     * @param live  null while there is none.
     */
    ConfigurationTarget(Supplier<ConfigurationAdmin> admin, Supplier<LiveConfiguration> live) {
        this.admin = requireNonNull(admin, "admin");
        this.live = requireNonNull(live, "live");
    }

    @Override
    public void put(Content content) {
        Map<String, String> values = parse(content);
        if (pid(content.name()).equals(LiveConfiguration.PID)) {
            edit(content.name(), values);
            return;
        }
        try {
            configuration(content.name()).updateIfDifferent(new Hashtable<String, Object>(values));
        } catch (IOException e) {
            throw new InvalidInputException(
                    "Config Admin does not take " + content.name() + ": " + e.getMessage() + ".");
        }
    }

    @Override
    public void remove(String name) {
        if (pid(name).equals(LiveConfiguration.PID)) {
            liveOptions().replace(options.getOrDefault(name, Set.of()), Map.of(), source(name));
            options.remove(name);
            return;
        }
        try {
            configuration(name).delete();
        } catch (IOException e) {
            throw new InvalidInputException("Config Admin does not let go of " + name + ": " + e.getMessage() + ".");
        }
    }

    @Override
    public String note(String name) {
        return String.join(",", options.getOrDefault(name, Set.of()));
    }

    @Override
    public boolean goOn(String name, String hash, String note) {
        if (!note.isEmpty()) {
            options.put(name, Set.of(note.split(",")));
        }
        return true;
    }

    private void edit(String name, Map<String, String> values) {
        liveOptions().replace(options.getOrDefault(name, Set.of()), values, source(name));
        options.put(name, Set.copyOf(values.keySet()));
    }

    private LiveConfiguration liveOptions() {
        LiveConfiguration found = live.get();
        if (found == null) {
            throw new InvalidInputException(
                    "the configuration of this node is not there (any more): start its bundle.");
        }
        return found;
    }

    private Configuration configuration(String name) throws IOException {
        ConfigurationAdmin found = admin.get();
        if (found == null) {
            throw new InvalidInputException("Config Admin is not there: start its bundle.");
        }
        String pid = pid(name);
        int factory = pid.indexOf('~');
        return factory < 0
                ? found.getConfiguration(pid, ANY_BUNDLE)
                : found.getFactoryConfiguration(pid.substring(0, factory), pid.substring(factory + 1), ANY_BUNDLE);
    }

    private static String pid(String name) {
        String pid = name.substring(0, name.length() - Content.CFG.length());
        if (!pid.matches("[^~]+(~[^~]+)?")) {
            throw new InvalidInputException(
                    "file=" + name + " names no configuration: PID.cfg and FACTORY~NAME.cfg do.");
        }
        return pid;
    }

    private static String source(String name) {
        return "deploy/" + name;
    }

    private static Map<String, String> parse(Content content) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(content.text()));
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidInputException(
                    "file=" + content.name() + " has no lines NAME = VALUE: " + e.getMessage() + ".");
        }
        Map<String, String> values = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name)));
        return values;
    }
}
