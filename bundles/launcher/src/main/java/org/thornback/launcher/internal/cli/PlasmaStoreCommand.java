// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.cli;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.thornback.api.InvalidInputException;
import org.thornback.api.config.Configuration;
import org.thornback.api.config.Explanation;
import org.thornback.api.config.Option;
import org.thornback.api.config.OptionCatalogue;
import org.thornback.launcher.internal.boot.StderrLog;
import org.thornback.launcher.internal.boot.StoreAlone;
import org.thornback.launcher.internal.home.Home;
import picocli.CommandLine.Command;

/**
 * {@code ray plasma-store}: the object store alone, in place of Arrow's {@code plasma_store} and with its switches. They are
 * read here and not by the command-line library: {@code -h} does not mean help, and a store must start quickly.
 */
@Command(
        name = "plasma-store",
        description = "Runs an object store without a node, with the switches of Arrow's plasma_store.")
final class PlasmaStoreCommand implements Callable<Integer> {
    static final String NAME = "plasma-store";
    private static final String USAGE = """
        Usage: ray plasma-store -s SOCKET -m BYTES [-d DIRECTORY] [-h] [-e ENDPOINT]
        Runs an object store without a node, with the switches of Arrow's plasma_store.
          -s SOCKET     where clients connect; required
          -m BYTES      how much objects may take together; required
          -d DIRECTORY  where the memory lies; by default /dev/shm
          -h            huge pages; DIRECTORY is a hugetlbfs then
          -e ENDPOINT   hashtable://NAME: evicted objects are kept in memory outside the store
        SIGTERM ends it, with exit status 0.\
        """;
    private static final String DEFAULT_DIRECTORY = "/dev/shm";
    private static final String WITH_VALUE = "smde";
    private static final String HASH_TABLE = "hashtable://";

    @Override
    public Integer call() {
        return run(List.of("--help"));
    }

    /**
     * Becomes the store.
     *
     * @param words behind the command.
     * @return exit status, when the store has ended.
     */
    static int run(List<String> words) {
        if (words.contains("--help")) {
            System.out.println(USAGE);
            return 0;
        }
        try {
            return run(parse(words));
        } catch (InvalidInputException mistake) {
            return refuse(mistake.getMessage());
        }
    }

    private static int refuse(String sentence) {
        System.err.println("ray " + NAME + ": " + sentence);
        return 1;
    }

    private static int run(Map<Character, String> switches) {
        if (!switches.containsKey('s')) {
            return refuse("please specify the socket for incoming connections with the -s switch");
        }
        if (!switches.containsKey('m')) {
            return refuse("please specify the amount of memory in bytes with the -m switch");
        }
        if (switches.containsKey('h') && !switches.containsKey('d')) {
            return refuse("huge pages need the path of a hugetlbfs, please specify it with the -d switch");
        }
        if (switches.containsKey('e') && !switches.get('e').startsWith(HASH_TABLE)) {
            return refuse("external store endpoint=" + switches.get('e') + " is not known: give " + HASH_TABLE
                    + "NAME, or leave the -e switch out");
        }
        Path socket = Path.of(switches.get('s')).toAbsolutePath();
        Path directory = Path.of(switches.getOrDefault('d', DEFAULT_DIRECTORY)).toAbsolutePath();
        long asked = bytes(switches.get('m'));
        StderrLog.attach();
        boolean hugePages = switches.containsKey('h');
        StoreSize size = new StoreSize(asked, directory, hugePages);
        StoreAlone store = new StoreAlone(Home.ofThisProcess(), hugePages);
        if (switches.containsKey('e')) {
            store.keepEvicted();
        }
        Configuration configuration = new Given(Map.of(
                OptionCatalogue.PLASMA_DIRECTORY.name(), directory.toString(),
                OptionCatalogue.HUGE_PAGES.name(), String.valueOf(hugePages)));
        Optional<String> problem = store.start(socket, size::fitted, directory, configuration);
        if (problem.isPresent()) {
            return refuse(problem.get());
        }
        System.err.println("ray " + NAME + ": ready at socket=" + socket + " with bytes=" + store.capacity()
                + " in directory=" + directory + (hugePages ? " on huge pages" : ""));
        store.stay();
        return 0;
    }

    private static long bytes(String text) {
        try {
            long bytes = Long.parseLong(text);
            if (bytes > 0) {
                return bytes;
            }
        } catch (NumberFormatException wrong) {
            // said below
        }
        throw new InvalidInputException(
                "-m " + text + " is no number of bytes: give a positive whole number without a suffix");
    }

    /** Reads switches as getopt does: together or apart, values glued on or in the next word. */
    private static Map<Character, String> parse(List<String> words) {
        Map<Character, String> switches = new LinkedHashMap<>();
        for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
            String word = rest.next();
            if (!word.startsWith("-") || word.length() < 2 || word.startsWith("--")) {
                throw new InvalidInputException("word=" + word + " is no switch of it, see ray " + NAME + " --help");
            }
            int next = 1;
            while (next < word.length()) {
                char name = word.charAt(next++);
                if (name == 'h') {
                    switches.put(name, "");
                } else if (WITH_VALUE.indexOf(name) < 0) {
                    throw new InvalidInputException("switch=-" + name + " is not known, see ray " + NAME + " --help");
                } else {
                    switches.put(name, value(name, word.substring(next), rest));
                    next = word.length();
                }
            }
        }
        return switches;
    }

    private static String value(char name, String glued, Iterator<String> rest) {
        if (!glued.isEmpty()) {
            return glued;
        }
        if (!rest.hasNext()) {
            throw new InvalidInputException("switch=-" + name + " lacks its value");
        }
        return rest.next();
    }

    /** What the switches say, as the store's parts ask for it; every other option has its default. */
    private record Given(Map<String, String> values) implements Configuration {
        @Override
        public <T> Optional<T> find(Option<T> option) {
            String value =
                    values.getOrDefault(option.name(), option.defaultValue().orElse(null));
            return Optional.ofNullable(value).map(option.type()::cast); // the store's own options are all texts
        }

        @Override
        public Explanation explain(Option<?> option) {
            String value = values.get(option.name());
            return value == null
                    ? new Explanation(option, option.defaultValue().orElse(""), "default")
                    : new Explanation(option, value, "command line");
        }

        @Override
        public List<Explanation> explainAll() {
            return OptionCatalogue.ALL.stream().map(this::explain).toList();
        }
    }
}
