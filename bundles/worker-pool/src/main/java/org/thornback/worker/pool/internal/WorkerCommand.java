// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.worker.pool.internal;

import static java.util.Objects.requireNonNull;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.thornback.api.id.BinaryId;

/**
 * Command line of a worker JVM. Immutable.
 *
 * @param java          executable.
 * @param home          of the distribution.
 * @param classPath     of workers.
 * @param cache         directory with start-up caches, which may not exist.
 * @param extraOptions  of this installation, split already.
 * @param sessionDir    shown in the command line, so that {@code ps} tells whose worker it is.
 * @param rayletSocket  where it registers.
 */
record WorkerCommand(
        Path java,
        Path home,
        String classPath,
        Path cache,
        List<String> extraOptions,
        Path sessionDir,
        Path rayletSocket) {
    private static final String MAIN = "io.ray.runtime.runner.worker.DefaultWorker";

    WorkerCommand {
        requireNonNull(java, "java");
        requireNonNull(home, "home");
        requireNonNull(classPath, "classPath");
        requireNonNull(cache, "cache");
        extraOptions = List.copyOf(extraOptions);
        requireNonNull(sessionDir, "sessionDir");
        requireNonNull(rayletSocket, "rayletSocket");
    }

    List<String> line(BinaryId worker, List<String> jvmOptions) {
        List<String> line = new ArrayList<>();
        line.add(java.toString());
        line.add("@" + home.resolve("etc/worker.jvm"));
        Path aot = cache.resolve("worker.aot");
        if (Files.exists(aot)) {
            line.add("-XX:AOTCache=" + aot);
        }
        line.addAll(extraOptions);
        line.addAll(jvmOptions);
        line.add("-Dray.session-dir=" + sessionDir);
        line.add("-Dray.worker.mode=WORKER");
        line.add("-Dray.raylet.socket-name=" + rayletSocket);
        line.add("-Dthornback.worker-id=" + worker.hex());
        line.add("-cp");
        line.add(classPath);
        line.add(MAIN);
        return line;
    }
}
