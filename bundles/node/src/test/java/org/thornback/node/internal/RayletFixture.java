// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.thornback.api.cluster.NodeDescription;
import org.thornback.api.id.BinaryId;
import org.thornback.scheduler.internal.PolicyChoice;
import org.thornback.scheduler.internal.QueueScheduler;

/** A raylet with the real scheduler, a pool and a store that do nothing, and clients whose messages can be read. */
final class RayletFixture {
    static final long UNIT = 10_000;

    final QueueScheduler scheduler = new QueueScheduler(new PolicyChoice());
    final FakePool pool = new FakePool();
    final FakeStore store = new FakeStore();
    final RecordedFacts records = new RecordedFacts();
    final Raylet raylet;
    private final Map<Client, FakeLink> links = new HashMap<>();
    private int pids = 1000;
    private int jobs;

    RayletFixture(int cpus) {
        this(cpus, Path.of("/tmp/raylet"));
    }

    RayletFixture(int cpus, Path rayletSocket) {
        raylet = new Raylet(new Raylet.Parts(facts(rayletSocket), description(), scheduler, pool, store, records));
        raylet.offers(Map.of("CPU", cpus * UNIT));
    }

    static NodeFacts facts() {
        return facts(Path.of("/tmp/raylet"));
    }

    private static NodeFacts facts(Path rayletSocket) {
        return new NodeFacts(
                BinaryId.random(),
                "127.0.0.1",
                "host",
                "/tmp/session",
                rayletSocket.toString(),
                "/tmp/plasma_store",
                2);
    }

    private static NodeDescription description() {
        Path session = Path.of("/tmp/session");
        return new NodeDescription(
                "ab", "127.0.0.1", "127.0.0.1:6379", session, session, session, session.resolve("command"));
    }

    static Map<String, Long> cpus(double count) {
        return Map.of("CPU", (long) (count * UNIT));
    }

    static BinaryId actorId(int number) {
        byte[] bytes = new byte[BinaryId.ACTOR_LENGTH];
        bytes[0] = (byte) number;
        bytes[1] = (byte) (number >> 8);
        return BinaryId.of(bytes);
    }

    static BinaryId objectId(int number) {
        byte[] bytes = new byte[BinaryId.UNIQUE_LENGTH];
        bytes[0] = (byte) number;
        return BinaryId.of(bytes);
    }

    private Client client(boolean worker) {
        FakeLink link = new FakeLink();
        Client client = new Client(BinaryId.random(), pids++, worker, new ClientMessages(link));
        links.put(client, link);
        return client;
    }

    /** A driver that has joined, with job 1, 2, … */
    Client driver() {
        return driver(List.of(), Map.of(), List.of());
    }

    Client driver(List<String> jvmOptions, Map<String, String> environment, List<String> codeSearchPath) {
        Client driver = client(false);
        int id = ++jobs;
        raylet.driverJoined(
                driver, new Job(id, driver, codeSearchPath, jvmOptions, environment, "space", "", "Main" + id));
        return driver;
    }

    /** A worker that was started and takes calls, lent to nobody. */
    Client worker() {
        Client worker = joined();
        raylet.workerListens(worker, "/tmp/" + worker.id().hex());
        return worker;
    }

    /** A worker that was started and does not take calls yet. */
    Client joined() {
        Client worker = client(true);
        pool.started.add(worker.id());
        raylet.workerJoined(worker);
        return worker;
    }

    /** Meets the oldest demand with a new worker. */
    Client lend() {
        Client worker = worker();
        lend(worker);
        return worker;
    }

    /** Meets the oldest demand with a given worker. */
    void lend(Client worker) {
        raylet.leases().available(pool.takeDemand(), worker.id());
    }

    /** The process of a worker ends. */
    void end(Client worker, int status) {
        pool.started.remove(worker.id());
        raylet.workerEnded(worker.id(), worker.pid(), status);
    }

    /** All messages are read: the raylet decides. */
    void round() {
        raylet.endRound();
    }

    FakeLink link(Client client) {
        return links.get(client);
    }

    /** Asks for a worker for tasks. */
    void request(Client owner, long requestId, double cpus) {
        raylet.requestLease(owner, requestId, cpus(cpus), "Main.run");
    }

    static ActorOrder anonymous(int jobId) {
        return order(jobId, 0, false, "", cpus(0));
    }

    static ActorOrder order(int jobId, int maxRestarts, boolean detached, String name, Map<String, Long> resources) {
        return new ActorOrder(
                jobId,
                maxRestarts,
                0,
                1,
                detached,
                resources,
                List.of("-Dactor"),
                name,
                "space",
                "Counter",
                "specification".getBytes(UTF_8));
    }

    /** Creates an actor and gives it a worker, in which its constructor has returned. */
    Client alive(int number, ActorOrder order) {
        raylet.actors().create(actorId(number), order);
        round();
        Client worker = lend();
        raylet.actors().constructed(actorId(number), true, "", new byte[0]);
        return worker;
    }
}
