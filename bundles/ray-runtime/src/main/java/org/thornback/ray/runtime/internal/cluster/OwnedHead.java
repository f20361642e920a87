// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.cluster;

import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.thornback.api.InvalidInputException;
import org.thornback.api.ThornbackException;

/**
 * A head node that this process starts and owns.
 *
 * <p>The options go through its standard input and not as arguments, since a password may be among them. The other end of
 * that pipe stays open as long as this process lives, however it ends: its end is the node's end. The node runs in a session
 * of its own, so that Ctrl-C reaches this process alone, which then ends the node in order. Safe from any thread.
 */
final class OwnedHead {
    private static final System.Logger LOG = System.getLogger(OwnedHead.class.getName());
    private static final Path SETSID = Path.of("/usr/bin/setsid");
    private static final String PROGRESS = "ray: ";
    private static final int STOP_SECONDS = 10;

    private final Process process;
    private final LocalNode node;

    private OwnedHead(Process process, LocalNode node) {
        this.process = requireNonNull(process, "process");
        this.node = requireNonNull(node, "node");
    }

    /**
     * Starts a head and waits until a task can run on it.
     *
     * @param home    the distribution.
     * @param options words for {@code ray start}.
     * @return the running head.
     * @throws InvalidInputException when the node refuses, with its sentences.
     */
    static OwnedHead start(Path home, List<String> options) {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(SETSID)) {
            command.add(SETSID.toString());
        }
        command.add(home.resolve("bin").resolve("ray").toString());
        command.add("--words-on-stdin");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().remove("RAY_ADDRESS"); // it is meant for this driver, not for a head
        Process process = null;
        try {
            process = builder.start();
            CompletableFuture<String> complaints = complaints(process);
            send(process, options);
            Properties record = new Properties();
            record.load(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            if (record.isEmpty()) {
                throw new InvalidInputException(refusal(process, complaints.join()));
            }
            return new OwnedHead(process, LocalNode.of(record));
        } catch (IOException broken) {
            kill(process);
            throw new ThornbackException(
                    ThornbackException.Category.FATAL,
                    "program=" + command.getLast() + " in " + home + " cannot be started: " + broken.getMessage(),
                    broken);
        } catch (RuntimeException refused) {
            kill(process);
            throw refused;
        }
    }

    /** A head that ends before it has read its words says why on standard error: that is what counts then. */
    private static void send(Process process, List<String> options) {
        ByteArrayOutputStream words = new ByteArrayOutputStream();
        List<String> all = new ArrayList<>();
        all.add(Integer.toString(options.size()));
        all.addAll(options);
        for (String word : all) {
            words.writeBytes(word.getBytes(StandardCharsets.UTF_8));
            words.write(0);
        }
        try {
            process.getOutputStream().write(words.toByteArray());
            process.getOutputStream().flush();
        } catch (IOException endedEarly) {
            LOG.log(System.Logger.Level.DEBUG, "the head ended before it read its words", endedEarly);
        }
    }

    /** Standard error of the node: progress is passed on at once, the rest is its refusal. */
    private static CompletableFuture<String> complaints(Process process) {
        CompletableFuture<String> complaints = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("ray-head-stderr").start(() -> {
            List<String> lines = new ArrayList<>();
            try (BufferedReader reader = process.errorReader(StandardCharsets.UTF_8)) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    if (line.startsWith(PROGRESS)) {
                        System.err.println(line);
                    } else {
                        lines.add(line);
                    }
                }
            } catch (IOException ended) {
                lines.add("(" + ended.getMessage() + ")");
            }
            complaints.complete(String.join("\n", lines));
        });
        return complaints;
    }

    private static String refusal(Process process, String complaints) {
        try {
            int status = process.waitFor(STOP_SECONDS, TimeUnit.SECONDS) ? process.exitValue() : -1;
            return complaints.isBlank()
                    ? "the head node ended before a task could run on it (status=" + status + ")."
                    : complaints;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return complaints;
        }
    }

    /**
     * The node.
     *
     * @return how to reach it.
     */
    LocalNode node() {
        return node;
    }

    /** Ends the node in order and waits for its end. */
    void end() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                kill(process);
            }
        } catch (IOException alreadyGone) {
            kill(process);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private static void kill(Process process) {
        if (process != null) {
            process.destroyForcibly();
        }
    }
}
