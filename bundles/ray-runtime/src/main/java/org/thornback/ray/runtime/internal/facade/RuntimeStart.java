// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.facade;

import io.ray.api.Ray;
import io.ray.api.runtime.RayRuntime;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.thornback.ray.runtime.internal.cluster.Cluster;
import org.thornback.ray.runtime.internal.cluster.ClusterLocator;
import org.thornback.ray.runtime.internal.raylet.Introduction;
import org.thornback.ray.runtime.internal.raylet.WorkerDuties;
import org.thornback.ray.runtime.internal.raylet.WorkerOutput;
import org.thornback.ray.runtime.internal.worker.ApiClasses;
import org.thornback.ray.runtime.internal.worker.JobClasses;
import org.thornback.ray.runtime.internal.worker.WorkerProcess;
import org.thornback.transport.SharedPoller;

/** Starts a runtime: of a driver, which finds or starts a cluster, or of a worker, which a node has started. */
public final class RuntimeStart {
    private RuntimeStart() {}

    /**
     * Starts a driver's runtime.
     *
     * @return connected.
     */
    public static RayRuntime driver() {
        Cluster cluster = ClusterLocator.locate(System.getProperties(), System.getenv());
        try {
            return connect(cluster);
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private static RayRuntime connect(Cluster cluster) {
        AtomicReference<RayProcess> process = new AtomicReference<>();
        SharedPoller poller = new SharedPoller("ray-driver", () -> tick(process));
        byte[] clientId = ClientId.random();
        JobSettings job = JobSettings.of(System.getProperties());
        Introduction introduction = new Introduction(
                false,
                clientId,
                cluster.owned(),
                job.codeSearchPath(),
                job.jvmOptions(),
                job.environment(),
                job.namespace(),
                cluster.password().map(text -> ClientId.proof(clientId, text)).orElse(new byte[0]),
                job.defaultActorLifetime(),
                job.entrypoint());
        ClassLoader classes = userClasses();
        RayProcess.Role role = new RayProcess.Role(
                cluster.rayletSocket(),
                introduction,
                poller,
                () -> classes,
                new DriverWait(poller),
                WorkerDuties.NONE,
                new ConsoleOutput());
        RayProcess driver = new RayProcess(role, () -> {});
        process.set(driver);
        System.setProperty(
                "ray.session-dir", driver.welcome().sessionDirectory().toString());
        return new ThornbackRuntime(driver, new ProcessContext(driver, Optional.empty()), () -> {}, () -> {
            driver.close();
            cluster.close();
            System.clearProperty("ray.session-dir");
        });
    }

    /**
     * Starts a worker's runtime.
     *
     * @return its main thread is to run {@link ThornbackRuntime#run}.
     */
    public static RayRuntime worker() {
        endWithNode();
        AtomicReference<RayProcess> process = new AtomicReference<>();
        SharedPoller poller = new SharedPoller("ray-worker", () -> tick(process));
        Path socket = Path.of(System.getProperty("ray.raylet.socket-name"));
        byte[] workerId = ClientId.ofWorker();
        JobClasses classes = new JobClasses(new ApiClasses(Ray.class.getClassLoader()));
        WorkerProcess worker = new WorkerProcess(workerId, poller, socket, classes);
        Introduction introduction = new Introduction(
                true, workerId, false, List.of(), List.of(), Map.of(), "", new byte[0], "NON_DETACHED", "");
        RayProcess.Role role = new RayProcess.Role(
                socket, introduction, poller, classes, worker.blocking(), worker, WorkerOutput.NONE);
        RayProcess connected = new RayProcess(role, () -> Runtime.getRuntime().halt(1));
        process.set(connected);
        worker.listen(connected.workerTools(classes));
        return new ThornbackRuntime(
                connected, new ProcessContext(connected, Optional.of(worker)), worker::run, worker::close);
    }

    private static long tick(AtomicReference<RayProcess> process) {
        RayProcess running = process.get();
        return running == null ? Long.MAX_VALUE : running.tick();
    }

    private static ClassLoader userClasses() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context == null ? Ray.class.getClassLoader() : context;
    }

    /** The node holds the other end of standard input: its end is the worker's end, however the node died. */
    private static void endWithNode() {
        InputStream node = System.in;
        System.setIn(InputStream.nullInputStream());
        Thread.ofPlatform().daemon().name("ray-node-watch").start(() -> {
            try {
                while (node.read() >= 0) {
                    // nothing is ever written: only the end matters
                }
            } catch (IOException e) {
                Runtime.getRuntime().halt(1);
            }
            Runtime.getRuntime().exit(0);
        });
    }
}
