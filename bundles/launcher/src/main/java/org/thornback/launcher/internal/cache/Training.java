// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.cache;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.thornback.launcher.internal.command.CommandClient;
import org.thornback.launcher.internal.home.Home;
import org.thornback.launcher.internal.record.NodeRecord;

/**
 * One short life of a node, its workers and a driver, and one of a store alone, watched by the JVM: which classes they load
 * and how they are used.
 *
 * <p>Everything happens below two directories, which the caller deletes. One thread.
 */
final class Training {
    private static final int SECONDS = 40;
    private static final int SESSION_ROOM = 240;
    private static final int STORE_BYTES = 128 << 20;
    private static final String DRIVER = "io.ray.runtime.runner.TrainingRun";

    private final Home home;
    private final Path directory;
    private final Path sockets;
    private final List<Process> running;

    /**
     * Prepares a training.
     *
     * @param home      the distribution.
     * @param directory empty.
     * @param sockets   empty, with a short path.
     * @param running   gets every process, so that the caller can end them.
     */
    Training(Home home, Path directory, Path sockets, List<Process> running) {
        this.home = requireNonNull(home, "home");
        this.directory = requireNonNull(directory, "directory");
        this.sockets = requireNonNull(sockets, "sockets");
        this.running = requireNonNull(running, "running");
    }

    /**
     * Runs it.
     *
     * @throws IOException          when the node or the driver do not work here; the message says why.
     * @throws InterruptedException when the process is to end.
     */
    void run() throws IOException, InterruptedException {
        runStore();
        runNode();
    }

    private void runStore() throws IOException, InterruptedException {
        Process store = start(launch(storeRecording(), List.of()), ProcessBuilder.Redirect.PIPE);
        try (OutputStream words = store.getOutputStream()) {
            words.write(
                    words(List.of("plasma-store", "-s", sockets.resolve("store").toString(), "-m", "" + STORE_BYTES)));
        }
        String said = store.errorReader().readLine(); // that it is ready, or why it will not be
        store.destroy();
        awaitEnd(store, storeRecording(), "the store");
        if (store.exitValue() != 0) {
            throw new IOException("the store did not start: " + said);
        }
    }

    private void runNode() throws IOException, InterruptedException {
        Path errors = directory.resolve("errors");
        Process node = start(
                launch(
                        nodeRecording(),
                        List.of(
                                "-Dthornback.owned=true",
                                "-Dthornback.session=" + ".".repeat(SESSION_ROOM), // the driver finds the node by it
                                "-Dthornback.worker.options=-XX:AOTMode=record -XX:AOTConfiguration="
                                        + directory.resolve("worker-%p.recording"))),
                ProcessBuilder.Redirect.to(errors.toFile()));
        try (OutputStream words = node.getOutputStream()) {
            words.write(words(List.of(
                    "start",
                    "--head",
                    "--port=0",
                    "--node-ip-address=127.0.0.1",
                    "--object-store-memory=" + STORE_BYTES,
                    "--temp-dir=" + directory)));
            words.flush();
            String text = read(node);
            if (text.isBlank()) {
                throw new IOException(
                        "the node did not start: " + Files.readString(errors).strip());
            }
            drive(NodeRecord.parse(text));
        }
        awaitEnd(node, nodeRecording(), "the node");
    }

    private List<String> launch(Path recording, List<String> properties) {
        List<String> arguments = new ArrayList<>(List.of(
                "@" + home.directory().resolve("etc/node.jvm"),
                "-XX:AOTMode=record",
                "-XX:AOTConfiguration=" + recording,
                "-D" + Home.PROPERTY + "=" + home.directory(),
                "-D" + Home.CACHE_PROPERTY + "=" + directory));
        arguments.addAll(properties);
        arguments.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.thornback.launcher.Main"));
        return arguments;
    }

    private static void awaitEnd(Process process, Path recording, String who) throws IOException, InterruptedException {
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || !Files.exists(recording)) {
            throw new IOException(who + " did not end in order");
        }
    }

    private void drive(NodeRecord record) throws IOException, InterruptedException {
        Path errors = directory.resolve("driver-errors");
        Process driver = start(
                List.of(
                        "-Dray.address=" + record.node().redisAddress(),
                        "-cp",
                        home.driverJar().toString(),
                        DRIVER),
                ProcessBuilder.Redirect.to(errors.toFile()));
        driver.getOutputStream().close();
        read(driver);
        if (!driver.waitFor(SECONDS, TimeUnit.SECONDS) || driver.exitValue() != 0) {
            throw new IOException(
                    "the driver failed: " + Files.readString(errors).strip());
        }
        CommandClient.run(
                record.node().commandSocket(),
                "status",
                List.of(),
                OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream());
    }

    /**
     * What the JVM noted of the node.
     *
     * @return a file, there after {@link #run}.
     */
    Path nodeRecording() {
        return directory.resolve("node.recording");
    }

    /**
     * What the JVM noted of the store alone, of which every command needs a part.
     *
     * @return a file, there after {@link #run}.
     */
    Path storeRecording() {
        return directory.resolve("store.recording");
    }

    /**
     * What the JVM noted of the worker that did most.
     *
     * @return a file; empty when no worker ended in order.
     * @throws IOException when the directory cannot be read.
     */
    Optional<Path> workerRecording() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().matches("worker-.*\\.recording"))
                    .max(Comparator.comparingLong(file -> file.toFile().length()));
        }
    }

    private Process start(List<String> arguments, ProcessBuilder.Redirect errors) throws IOException {
        List<String> command = new ArrayList<>(List.of(Home.java().toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors);
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("RAY_")); // the user's choices are for real nodes
        Process process = builder.start();
        running.add(process);
        return process;
    }

    private static String read(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static byte[] words(List<String> words) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes((words.size() + "\0").getBytes(StandardCharsets.UTF_8));
        words.forEach(word -> bytes.writeBytes((word + "\0").getBytes(StandardCharsets.UTF_8)));
        return bytes.toByteArray();
    }
}
