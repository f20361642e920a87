// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.thornback.testkit.Await;
import org.thornback.testkit.Distribution;
import org.thornback.testkit.Distribution.Answer;

/**
 * The distribution, with session directories and processes of its own: what it starts is found again and ended at the
 * close, whatever became of it. One test, one thread.
 */
public final class Playground implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Pattern SESSION_LINE = Pattern.compile("ray start --address='([^']+)'");

    private final Distribution distribution = Distribution.current();
    private final MarkedProcesses processes;
    private final Map<String, String> environment = new HashMap<>();
    private final Path directory;
    private String driverClassPath = "";
    private List<String> asUser = List.of();
    private int runs;

    /** A playground whose files all go below the directory. */
    public Playground(Path directory) {
        this.directory = directory;
        this.processes = new MarkedProcesses(directory);
        environment.putAll(processes.environment());
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("RAY_TMPDIR", tempRoot().toString());
    }

    /** Adds a variable to the environment of everything that is started from now on. */
    public Playground with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Takes a variable out of what it gives to everything that is started from now on. */
    public Playground without(String variable) {
        environment.remove(variable);
        return this;
    }

    /** Lets everything that is started from now on run as another user, who owns the directory; needs root. */
    public Playground as(int user) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path home = Files.createDirectories(directory.resolve("h"));
        for (Path own : List.of(home, Files.createDirectories(tempRoot()))) {
            Files.setAttribute(own, "unix:uid", user);
            Files.setAttribute(own, "unix:gid", user);
        }
        asUser = List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups");
        return with("HOME", home.toString()).with("THORNBACK_AOT", "off"); // caches for one test are not worth making
    }

    private List<String> asUser(List<String> command) {
        var whole = new ArrayList<>(asUser);
        whole.addAll(command);
        return whole;
    }

    /** The root of sessions, for commands that are told nothing else. */
    public Path tempRoot() {
        return directory.resolve("r");
    }

    /** The newest session. */
    public Path session() throws IOException {
        return tempRoot().resolve("session_latest").toRealPath();
    }

    /** Where clients of the newest session's object store connect. */
    public String storeSocket() throws IOException {
        return session().resolve("sockets/plasma_store").toRealPath().toString();
    }

    /** All that was started here and runs. */
    public MarkedProcesses processes() {
        return processes;
    }

    /** {@code bin/ray}. */
    public Path rayCommand() {
        return distribution.ray();
    }

    /** Runs bin/ray to its end. */
    public Answer ray(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(distribution.ray().toString()));
        command.addAll(List.of(arguments));
        return Distribution.run(LIMIT, environment, asUser(command));
    }

    /** Starts a head on loopback, on a free port unless told otherwise, and returns its address. */
    public String startHead(String... flags) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("start", "--head", "--node-ip-address=127.0.0.1"));
        command.addAll(List.of(flags));
        if (command.stream().noneMatch(flag -> flag.startsWith("--port"))) {
            command.add("--port=0");
        }
        Answer answer = ray(command.toArray(String[]::new));
        assertThat(answer.status()).as("status of %s: %s", command, answer).isZero();
        Matcher address = SESSION_LINE.matcher(answer.output());
        assertThat(address.find()).as("address in %s", answer).isTrue();
        return address.group(1);
    }

    /** The command line of a plain program: no flags but its own properties. */
    public List<String> command(Class<?> main, String... properties) throws IOException, InterruptedException {
        if (driverClassPath.isEmpty()) {
            driverClassPath = ray("classpath").output().strip();
        }
        String classPath =
                driverClassPath + ":" + placeOf(main) + ":" + placeOf(Assertions.class) + ":" + placeOf(Await.class);
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(properties));
        command.addAll(List.of("-cp", classPath, main.getName()));
        return command;
    }

    /** Runs a plain program to its end. */
    public Answer program(Class<?> main, String... properties) throws IOException, InterruptedException {
        return Distribution.run(LIMIT, environment, asUser(command(main, properties)));
    }

    /** Runs a program that comes with the distribution, on a cluster of its own. */
    public Answer example(String main) throws IOException, InterruptedException {
        String jars =
                ray("classpath").output().strip() + ":" + distribution.home().resolve("examples") + "/*";
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return Distribution.run(LIMIT, environment, asUser(List.of(java, "-Dray.address=local", "-cp", jars, main)));
    }

    /** Runs any command to its end. */
    public Answer run(List<String> command) throws IOException, InterruptedException {
        return Distribution.run(LIMIT, environment, command);
    }

    /** Runs a plain program to its end, for as long as it takes within the limit. */
    public Answer program(Duration limit, Class<?> main, String... properties)
            throws IOException, InterruptedException {
        return Distribution.run(limit, environment, asUser(command(main, properties)));
    }

    /** Starts a plain program in the background. */
    public Running startProgram(Class<?> main, String... properties) throws IOException, InterruptedException {
        return start(command(main, properties));
    }

    /** Starts bin/ray in the background. */
    public Running startRay(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(distribution.ray().toString()));
        command.addAll(List.of(arguments));
        return start(command);
    }

    /** Starts any command in the background. */
    public Running start(List<String> command) throws IOException {
        runs++;
        Path output = Files.createFile(directory.resolve("out-" + runs));
        Path errors = Files.createFile(directory.resolve("err-" + runs));
        var builder = new ProcessBuilder(asUser(command))
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().putAll(environment);
        return new Running(builder.start(), output, errors);
    }

    /** Waits until nothing that was started here runs any more. */
    public void awaitNoProcess(Duration timeout) {
        Await.await(
                () -> processes.alive().isEmpty(),
                timeout,
                () -> "these still run: "
                        + processes.alive().stream()
                                .map(process ->
                                        MarkedProcesses.commandLine(process) + " " + MarkedProcesses.state(process))
                                .toList());
    }

    @Override
    public void close() {
        processes.killAll();
        awaitNoProcess(Duration.ofSeconds(10));
    }

    private static Path placeOf(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }
}
