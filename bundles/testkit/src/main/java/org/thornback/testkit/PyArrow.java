// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.testkit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A Python with the real {@code pyarrow} 11 in a virtual environment of its own, made once for each user: in
 * {@code $XDG_CACHE_HOME/thornback}, or {@code ~/.cache/thornback}.
 */
public final class PyArrow {
    private static final String VERSION = "11.0.0";
    private static final Duration INSTALL_TIME = Duration.ofMinutes(5);
    private static final Duration RUN_TIME = Duration.ofMinutes(2);
    private final Path python;

    private PyArrow(Path python) {
        this.python = python;
    }

    /** What came of looking for it: one of the two is there. */
    public record Found(Optional<PyArrow> pyarrow, String reason) {}

    /** Finds or makes the environment; without Python, pip or the registry it says what is missing. */
    public static Found find() {
        String cache = System.getenv("XDG_CACHE_HOME");
        Path home =
                cache == null || cache.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
        Path directory = home.resolve("thornback");
        Path environment = directory.resolve("pyarrow-" + VERSION);
        try {
            Files.createDirectories(directory);
            Path lock = directory.resolve("pyarrow.lock");
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock _ = channel.lock()) {
                return install(environment);
            }
        } catch (IOException e) {
            return new Found(Optional.empty(), "no environment for pyarrow in " + environment + ": " + e.getMessage());
        }
    }

    private static Found install(Path environment) throws IOException {
        Path complete = environment.resolve("complete");
        Path python = environment.resolve("bin/python");
        if (!Files.exists(complete)) {
            List<List<String>> commands = List.of(
                    List.of("python3", "-m", "venv", "--clear", environment.toString()),
                    List.of(
                            python.toString(),
                            "-m",
                            "pip",
                            "install",
                            "-q",
                            "--disable-pip-version-check",
                            "pyarrow==" + VERSION,
                            "numpy<2"));
            for (List<String> command : commands) {
                Result result = run(command, INSTALL_TIME);
                if (result.status != 0) {
                    return new Found(Optional.empty(), String.join(" ", command) + " failed: " + result.output.strip());
                }
            }
            Files.createFile(complete);
        }
        return new Found(Optional.of(new PyArrow(python)), "");
    }

    /** How a program ended, and all it printed. */
    public record Result(int status, String output) {}

    /** Runs a script and waits for its end. */
    public Result run(Path script, String... arguments) throws IOException {
        return run(command(script, arguments), RUN_TIME);
    }

    /** The command line that runs a script. */
    public List<String> command(Path script, String... arguments) {
        List<String> command = new ArrayList<>(List.of(python.toString(), "-W", "ignore", script.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static Result run(List<String> command, Duration longest) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        Thread watch = Thread.ofVirtual().start(() -> {
            try {
                if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
            }
        });
        try {
            String output = new String(process.getInputStream().readAllBytes());
            return new Result(process.waitFor(), output);
        } catch (InterruptedException e) {
            throw new IOException("interrupted while " + command + " ran", e);
        } finally {
            watch.interrupt();
        }
    }
}
