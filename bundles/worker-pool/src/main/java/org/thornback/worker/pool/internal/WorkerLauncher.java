// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.worker.pool.internal;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.thornback.api.ThornbackException;
import org.thornback.api.id.BinaryId;
import org.thornback.api.session.ComponentLog;
import org.thornback.api.session.StreamPair;
import org.thornback.api.worker.WorkerClassPath;

/** Starts worker processes with their files. Immutable. */
final class WorkerLauncher {
    private final WorkerCommand command;
    private final ComponentLog logs;

    WorkerLauncher(WorkerCommand command, ComponentLog logs) {
        this.command = requireNonNull(command, "command");
        this.logs = requireNonNull(logs, "logs");
    }

    /**
     * For this distribution.
     *
     * @param properties   of the framework: {@code thornback.java}, {@code .home}, {@code .cache}, {@code .worker.options}.
     * @param sessionDir   of the node.
     * @param rayletSocket where workers register.
     * @param logs         give them their files.
     */
    static WorkerLauncher of(UnaryOperator<String> properties, Path sessionDir, Path rayletSocket, ComponentLog logs) {
        Path home = path(properties, "thornback.home");
        List<String> options = Stream.of(Optional.ofNullable(properties.apply("thornback.worker.options"))
                        .orElse("")
                        .split(" "))
                .filter(option -> !option.isBlank())
                .toList();
        WorkerCommand command = new WorkerCommand(
                path(properties, "thornback.java"),
                home,
                classPath(home),
                path(properties, "thornback.cache"),
                options,
                sessionDir,
                rayletSocket);
        return new WorkerLauncher(command, logs);
    }

    Worker start(List<String> jvmOptions, Map<String, String> environment) throws IOException {
        BinaryId id = BinaryId.random();
        StreamPair streams = logs.streams("worker-" + id.hex());
        ProcessBuilder builder = new ProcessBuilder(command.line(id, jvmOptions))
                .redirectOutput(streams.out().toFile())
                .redirectError(streams.err().toFile());
        builder.environment().putIfAbsent("OMP_NUM_THREADS", "1");
        builder.environment().putAll(environment);
        return new Worker(id, builder.start(), jvmOptions, environment);
    }

    private static String classPath(Path home) {
        try {
            return WorkerClassPath.of(home);
        } catch (IOException e) {
            throw new ThornbackException(
                    ThornbackException.Category.FATAL,
                    "distribution=" + home + " cannot be read (" + e.getMessage() + "): unpack it again",
                    e);
        }
    }

    private static Path path(UnaryOperator<String> properties, String name) {
        return Path.of(requireNonNull(properties.apply(name), name));
    }
}
