// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.home;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.thornback.api.ThornbackException;

/**
 * What the feature files of a distribution say the launcher has to do.
 *
 * <p>Of their lines the launcher heeds three: {@code when OPTION}, {@code bundle LEVEL PATH} and {@code exported PATH}. Immutable.
 *
 * @param bundles  the bundles of all features, lower levels first, each once.
 * @param exported jars of the launcher's class path whose exported packages the bundles see.
 */
public record Features(List<BundleEntry> bundles, List<Path> exported) {
    /** Bundles of this level and above start when a task can run already. */
    public static final int READY_LEVEL = 20;

    private static final String SUFFIX = ".feature";

    private static final List<String> STORE_PARTS = List.of(
            "org.apache.felix.scr-",
            "org.thornback.lib.agrona-",
            "flatbuffers-java",
            "org.thornback.layout-",
            "org.thornback.plasma-");

    /**
     * The bundles of an object store without a node: component runtime, layouts, store and backends. What else belongs to the
     * base, configuration, session and logs, is a node's, and there is nothing to be configured.
     */
    public static final Predicate<BundleEntry> STORE_ALONE = entry -> STORE_PARTS.stream()
            .anyMatch(part -> entry.jar().getFileName().toString().contains(part));

    private static final List<String> HUGE_PAGE_PARTS = List.of("org.thornback.resources-", "gson-");

    /** The same with what looks at huge pages. */
    public static final Predicate<BundleEntry> STORE_ALONE_IN_HUGE_PAGES =
            STORE_ALONE.or(entry -> HUGE_PAGE_PARTS.stream()
                    .anyMatch(part -> entry.jar().getFileName().toString().contains(part)));

    /** The bundles of this level and below are what every node needs first: components, configuration, what the machine has. */
    private static final int FIRST_LEVEL = 3;

    /** What reads the configuration of a node and looks at the machine, and makes no session. */
    public static final Predicate<BundleEntry> CONFIGURATION = entry -> entry.level() <= FIRST_LEVEL
            && !entry.jar().getFileName().toString().contains("log-layout");

    /** Keeps the lists as they are now. */
    public Features {
        bundles = List.copyOf(bundles);
        exported = List.copyOf(exported);
        requireNonNull(bundles, "bundles");
    }

    /**
     * Reads every feature of a distribution.
     *
     * @param home the distribution.
     * @return what they say together.
     */
    public static Features read(Home home) {
        Map<Path, BundleEntry> bundles = new LinkedHashMap<>();
        TreeSet<Path> exported = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(home.features(), "*" + SUFFIX)) {
            for (Path file : sorted(files)) {
                Optional<String> option = Optional.empty();
                for (String line : Files.readAllLines(file)) {
                    String[] words = line.strip().split("\\s+");
                    switch (words[0]) {
                        case "when" -> option = Optional.of(word(file, line, words, 1));
                        case "bundle" -> {
                            Path jar = home.directory().resolve(word(file, line, words, 2));
                            bundles.putIfAbsent(jar, new BundleEntry(jar, level(file, line, words[1]), option));
                        }
                        case "exported" -> exported.add(home.directory().resolve(word(file, line, words, 1)));
                        default -> {} // for the build, or a comment
                    }
                }
            }
        } catch (IOException unreadable) {
            throw new ThornbackException(
                    ThornbackException.Category.FATAL,
                    "features=" + home.features() + " cannot be read: unpack the distribution again.",
                    unreadable);
        }
        List<BundleEntry> ordered = new ArrayList<>(bundles.values());
        ordered.sort(Comparator.comparingInt(BundleEntry::level));
        return new Features(ordered, List.copyOf(exported));
    }

    /**
     * A part of it.
     *
     * @param wanted which bundles.
     * @return the same without the other bundles.
     */
    public Features only(Predicate<BundleEntry> wanted) {
        return new Features(bundles.stream().filter(wanted).toList(), exported);
    }

    private static List<Path> sorted(Iterable<Path> files) {
        List<Path> all = new ArrayList<>();
        files.forEach(all::add);
        all.sort(Comparator.naturalOrder());
        return all;
    }

    private static String word(Path file, String line, String[] words, int index) {
        if (words.length <= index) {
            throw broken(file, line);
        }
        return words[index];
    }

    private static int level(Path file, String line, String word) {
        try {
            return Integer.parseInt(word);
        } catch (NumberFormatException wrong) {
            throw broken(file, line);
        }
    }

    private static ThornbackException broken(Path file, String line) {
        return new ThornbackException(
                ThornbackException.Category.FATAL,
                "line=\"" + line.strip() + "\" of " + file + " cannot be understood: unpack the distribution again.");
    }
}
