// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.thornback.testkit.Await;
import org.thornback.testkit.Distribution.Answer;

/** A process in the background whose output can be read while it runs. */
public final class Running {
    private final Process process;
    private final Path output;
    private final Path errors;

    Running(Process process, Path output, Path errors) {
        this.process = process;
        this.output = output;
        this.errors = errors;
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** Whether it still runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Kills it, as kill -9 does. */
    public void kill() {
        process.destroyForcibly();
    }

    /** Sends it a signal by name, for instance INT. */
    public void signal(String name) throws IOException, InterruptedException {
        int status = new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
                .inheritIO()
                .start()
                .waitFor();
        assertThat(status).as("kill -%s %d", name, pid()).isZero();
    }

    /** Waits until standard output has a line that matches, and returns the match. */
    public Matcher awaitOutput(String pattern) {
        return awaitMatch(output, pattern, Duration.ofSeconds(40));
    }

    /** Waits until standard error has a line that matches, and returns the match. */
    public Matcher awaitErrors(String pattern) {
        return awaitMatch(errors, pattern, Duration.ofSeconds(40));
    }

    private Matcher awaitMatch(Path file, String pattern, Duration timeout) {
        Pattern compiled = Pattern.compile(pattern);
        return Await.awaitValue(
                () -> {
                    boolean alive = process.isAlive();
                    Matcher matcher = compiled.matcher(Files.readString(file));
                    boolean found = matcher.find();
                    assertThat(found || alive)
                            .as("process ended without saying %s: %s", pattern, texts())
                            .isTrue();
                    return matcher;
                },
                Matcher::hasMatch,
                timeout,
                () -> "no line matches " + pattern + ": " + texts());
    }

    /** Waits for its end. */
    public Answer await(Duration timeout) throws IOException, InterruptedException {
        if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("pid=" + pid() + " did not end within " + timeout + "; it said: " + texts());
        }
        return new Answer(process.exitValue(), Files.readString(output), Files.readString(errors));
    }

    private String texts() {
        try {
            return "\n" + Files.readString(output) + "\n" + Files.readString(errors);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
