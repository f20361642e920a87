// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The unpacked distribution under test, and the way to run its commands. The build says where it is by the system
 * property {@code thornback.distribution}. Immutable; any thread may run commands.
 */
public final class Distribution {
    private final Path home;

    private Distribution(Path home) {
        this.home = home;
    }

    /**
     * The distribution the build made.
     *
     * @throws AssertionError when the property is missing or names no distribution
     */
    public static Distribution current() {
        String home = System.getProperty("thornback.distribution");
        if (home == null || !Files.isExecutable(Path.of(home, "bin", "ray"))) {
            throw new AssertionError("thornback.distribution=" + home
                    + " names no unpacked distribution; build module distribution first");
        }
        return new Distribution(Path.of(home).toAbsolutePath().normalize());
    }

    /** The top directory. */
    public Path home() {
        return home;
    }

    /** {@code bin/ray}. */
    public Path ray() {
        return home.resolve("bin/ray");
    }

    /** What a command answered. */
    public record Answer(int status, String output, String errors) {}

    /**
     * Runs {@code bin/ray} with the arguments and waits for its end; output goes through files, so that a child that
     * keeps the pipes open does not hold the caller.
     *
     * @throws AssertionError when it does not end within the timeout; it has been killed then
     */
    public Answer run(Duration timeout, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(ray().toString()));
        command.addAll(List.of(arguments));
        return run(timeout, environment, command);
    }

    /** Runs any command like {@link #run(Duration, Map, String...)} does. */
    public static Answer run(Duration timeout, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("thornback-out-", ".txt");
        Path errors = Files.createTempFile("thornback-err-", ".txt");
        try {
            var builder = new ProcessBuilder(command)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
                throw new AssertionError("command=" + command + " did not end within " + timeout + "; it said:\n"
                        + text(output) + text(errors));
            }
            return new Answer(process.exitValue(), text(output), text(errors));
        } finally {
            Files.deleteIfExists(output);
            Files.deleteIfExists(errors);
        }
    }

    private static String text(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
