// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.process;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The JDKs in the usual place of this machine. */
public final class Jdks {
    private static final Path PLACE = Path.of("/usr/lib/jvm");
    private static final int WANTED = 25;
    private static final int RUNS_SOURCES = 11;
    private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(\\d+)");

    private Jdks() {}

    /** One that is too old for us, and runs a program from its source; without one the test is skipped. */
    public static Path older() throws IOException {
        List<Path> old = all().stream()
                .filter(home -> version(home) >= RUNS_SOURCES && version(home) < WANTED)
                .filter(home -> Files.isExecutable(home.resolve("bin/javac")))
                .toList();
        assumeTrue(!old.isEmpty(), "needs a JDK from 11 to 24 in " + PLACE);
        return old.getFirst();
    }

    /** Those that are not too old. */
    public static List<Path> newer() throws IOException {
        return all().stream().filter(home -> version(home) >= WANTED).toList();
    }

    private static List<Path> all() throws IOException {
        if (!Files.isDirectory(PLACE)) {
            return List.of();
        }
        try (Stream<Path> places = Files.list(PLACE)) {
            return places.filter(Files::isDirectory).sorted().toList();
        }
    }

    private static int version(Path home) {
        try {
            Matcher version = VERSION.matcher(Files.readString(home.resolve("release")));
            return version.find() ? Integer.parseInt(version.group(1)) : 0;
        } catch (IOException none) {
            return 0;
        }
    }
}
