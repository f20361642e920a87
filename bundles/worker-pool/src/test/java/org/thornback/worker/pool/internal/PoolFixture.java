// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.worker.pool.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.thornback.api.id.BinaryId;
import org.thornback.api.session.ComponentLog;
import org.thornback.api.session.StreamPair;
import org.thornback.api.worker.WorkerDemand;
import org.thornback.api.worker.WorkerInfo;
import org.thornback.api.worker.WorkerInfo.State;
import org.thornback.api.worker.WorkerPool;
import org.thornback.testkit.Await;
import org.thornback.testkit.TestSession;

/**
 * A pool of real processes: in the place of a JVM they run a program that notes its arguments and environment and lives, as
 * workers do, until its standard input ends. A JVM option {@code -Dexit=3} ends it at once.
 */
final class PoolFixture implements WorkerPool.Listener, AutoCloseable {
    private static final String PROGRAM = """
        #!/bin/sh
        printf '%%s\\n' "$@" > '%1$s'/$$.arguments
        env > '%1$s'/$$.environment
        for argument in "$@"; do
            case "$argument" in -Dexit=*) echo 'no such option' >&2; exit "${argument#-Dexit=}";; esac
        done
        exec cat
        """;

    final Path root;
    final Map<String, String> properties = new HashMap<>();
    final List<String> heard = new CopyOnWriteArrayList<>();
    final ProcessWorkerPool pool;

    /** A pool for a number of CPUs below a directory. */
    PoolFixture(Path root, int cpus) {
        this.root = root;
        try {
            Path home = Files.createDirectories(root.resolve("home"));
            Files.createDirectories(home.resolve("driver/runtime"));
            Files.createFile(home.resolve("driver/runtime/a.jar"));
            Files.createDirectories(root.resolve("cache"));
            Path program = Files.writeString(home.resolve("java"), PROGRAM.formatted(root));
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
            properties.put("thornback.java", program.toString());
            properties.put("thornback.home", home.toString());
            properties.put("thornback.cache", root.resolve("cache").toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ComponentLog logs = stem -> new StreamPair(root.resolve(stem + ".out"), root.resolve(stem + ".err"));
        pool = new ProcessWorkerPool(new TestSession(root), logs, properties::get, cpus);
    }

    PoolFixture open() {
        pool.open(root.resolve("raylet"), this);
        return this;
    }

    static WorkerDemand tasks(int job) {
        return new WorkerDemand(job, false, List.of(), Map.of());
    }

    static WorkerDemand actor(int job) {
        return new WorkerDemand(job, true, List.of(), Map.of());
    }

    static WorkerDemand withOptions(int job, String... options) {
        return new WorkerDemand(job, false, List.of(options), Map.of("JOB", "j" + job));
    }

    @Override
    public void available(long demandId, BinaryId worker) {
        heard.add("available " + demandId + " " + worker);
    }

    @Override
    public void ended(BinaryId worker, long pid, int status) {
        heard.add("ended " + worker + " " + status);
    }

    @Override
    public void failed(long demandId, String reason) {
        heard.add("failed " + demandId + ": " + reason);
    }

    List<WorkerInfo> in(State state) {
        return pool.workers().stream().filter(worker -> worker.state() == state).toList();
    }

    /** Waits until there are so many workers in a state. */
    List<WorkerInfo> await(State state, int count) {
        Await.await(() -> in(state).size() == count, () -> "workers=" + pool.workers() + " heard=" + heard);
        return in(state);
    }

    void awaitHeard(String line) {
        Await.await(() -> heard.contains(line), () -> "heard=" + heard + ", expected " + line);
    }

    /** Every worker that is starting registers. */
    void registerAll() {
        in(State.STARTING).forEach(worker -> pool.registered(worker.id()));
    }

    /** The worker that was lent for a demand; waits for the news. */
    BinaryId lent(long demandId) {
        String prefix = "available " + demandId + " ";
        Await.await(
                () -> heard.stream().anyMatch(line -> line.startsWith(prefix)),
                () -> "heard=" + heard + ", expected " + prefix);
        return BinaryId.ofHex(heard.stream()
                .filter(line -> line.startsWith(prefix))
                .findFirst()
                .orElseThrow()
                .substring(prefix.length()));
    }

    WorkerInfo info(BinaryId worker) {
        return pool.workers().stream()
                .filter(info -> info.id().equals(worker))
                .findFirst()
                .orElseThrow();
    }

    ProcessHandle process(BinaryId worker) {
        return ProcessHandle.of(info(worker).pid()).orElseThrow();
    }

    /** What the process noted; waits until it did. */
    List<String> noted(BinaryId worker, String what) {
        Path file = root.resolve(info(worker).pid() + "." + what);
        return Await.awaitValue(
                () -> Files.readAllLines(file),
                lines -> !lines.isEmpty(),
                Duration.ofSeconds(10),
                () -> "no file=" + file);
    }

    @Override
    public void close() {
        pool.close();
    }
}
