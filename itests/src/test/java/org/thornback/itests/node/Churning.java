// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import org.thornback.itests.process.Playground;
import org.thornback.itests.process.Running;
import org.thornback.itests.programs.Churn;
import org.thornback.testkit.PyArrow;

/** Java programs and Arrow's client that put, read and let go of objects, and check every byte, until they are told to stop. */
final class Churning {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int JAVA_PROGRAMS = 2;

    private final Playground playground;
    private final Path stop;
    private final List<Running> programs = new ArrayList<>();

    /** What they did together, and how long one operation took at most. */
    record Result(long operations, double longestMillis) {}

    Churning(Playground playground, Path directory) {
        this.playground = playground;
        stop = directory.resolve("stop");
    }

    /** Starts Arrow's client, with further words for its script. */
    Running startArrow(PyArrow pyarrow, String... words) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(playground.storeSocket(), stop.toString()));
        arguments.addAll(List.of(words));
        Running program = playground.start(pyarrow.command(script(), arguments.toArray(String[]::new)));
        programs.add(program);
        return program;
    }

    void startJava(String address) throws Exception {
        for (int i = 0; i < JAVA_PROGRAMS; i++) {
            programs.add(playground.startProgram(Churn.class, "-Dray.address=" + address, "-Dchurn.stop=" + stop));
        }
    }

    void awaitRunning() {
        programs.forEach(program -> program.awaitOutput("running"));
    }

    /** Tells them to stop; all must end well. */
    Result stop() throws Exception {
        Files.createFile(stop);
        long operations = 0;
        double longest = 0;
        for (Running program : programs) {
            Matcher result = program.awaitOutput("operations=(\\d+) longest=([\\d.]+)");
            operations += Long.parseLong(result.group(1));
            longest = Math.max(longest, Double.parseDouble(result.group(2)));
            assertThat(program.await(LIMIT).status()).isZero();
        }
        return new Result(operations, longest);
    }

    private static Path script() throws URISyntaxException {
        return Path.of(Churning.class.getResource("/pyarrow/churn.py").toURI());
    }
}
