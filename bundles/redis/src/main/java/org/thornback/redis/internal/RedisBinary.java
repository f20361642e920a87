// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.redis.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.thornback.api.InvalidInputException;

/** Finds a redis-server: one on the PATH that is new enough, else the one that came with this distribution. */
final class RedisBinary {
    private static final Pattern VERSION = Pattern.compile("v=(\\d+)\\.(\\d+)");
    private static final int LEAST = 602;

    private RedisBinary() {}

    static Path find(String searchPath, Path home) {
        return onPath(searchPath)
                .or(() -> shipped(home))
                .orElseThrow(() ->
                        new InvalidInputException("no redis-server of version 6.2 or newer was found on the PATH and "
                                + home + " has none for this processor; install redis-server."));
    }

    private static Optional<Path> onPath(String searchPath) {
        return Stream.of(searchPath.split(":"))
                .filter(directory -> !directory.isBlank())
                .map(directory -> Path.of(directory, "redis-server"))
                .filter(Files::isExecutable)
                .filter(RedisBinary::isNewEnough)
                .findFirst();
    }

    private static Optional<Path> shipped(Path home) {
        String processor = "aarch64".equals(System.getProperty("os.arch")) ? "arm64" : "amd64";
        return Optional.of(home.resolve("redis/linux-" + processor + "/redis-server"))
                .filter(Files::isExecutable);
    }

    private static boolean isNewEnough(Path binary) {
        try {
            Process process = new ProcessBuilder(binary.toString(), "--version").start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher matcher = VERSION.matcher(text);
            return matcher.find()
                    && Integer.parseInt(matcher.group(1)) * 100 + Integer.parseInt(matcher.group(2)) >= LEAST;
        } catch (IOException e) {
            return false; // not a program: the next one
        }
    }
}
