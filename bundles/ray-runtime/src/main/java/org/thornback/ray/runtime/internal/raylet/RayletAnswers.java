// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.raylet;

import io.ray.api.id.ActorId;
import io.ray.api.id.UniqueId;
import io.ray.api.runtimecontext.ActorInfo;
import io.ray.api.runtimecontext.ActorState;
import io.ray.api.runtimecontext.Address;
import io.ray.api.runtimecontext.NodeInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thornback.layout.message.ActorFoundDecoder;
import org.thornback.layout.message.ActorListDecoder;
import org.thornback.layout.message.ActorUpdateDecoder;
import org.thornback.layout.message.AssignJobDecoder;
import org.thornback.layout.message.Bool;
import org.thornback.layout.message.ConstructActorDecoder;
import org.thornback.layout.message.LeaseGrantedDecoder;
import org.thornback.layout.message.NodeListDecoder;
import org.thornback.layout.message.WelcomeDecoder;

/** Reads the raylet's messages. Fields are read in the order of the schema, as SBE's variable parts demand. */
final class RayletAnswers {
    private static final double UNITS = 10_000;
    private static final int UNIQUE_LENGTH = 28;
    private static final int ACTOR_LENGTH = 16;

    private RayletAnswers() {}

    static Welcomed welcome(WelcomeDecoder message) {
        byte[] nodeId = new byte[UNIQUE_LENGTH];
        message.getNodeId(nodeId, 0);
        String nodeIp = message.nodeIp();
        Path session = Path.of(message.sessionDirectory());
        Path store = Path.of(message.storeSocket());
        return new Welcomed(
                nodeId, (int) message.jobId(), (int) message.cpus(), nodeIp, session, store, message.namespace());
    }

    static LeaseGrant grant(LeaseGrantedDecoder message) {
        byte[] worker = new byte[UNIQUE_LENGTH];
        message.getWorkerId(worker, 0);
        return new LeaseGrant(message.requestId(), message.leaseId(), worker, message.pid(), Path.of(message.socket()));
    }

    static ActorUpdated update(ActorUpdateDecoder message) {
        byte[] worker = new byte[UNIQUE_LENGTH];
        message.getWorkerId(worker, 0);
        byte[] actor = new byte[ACTOR_LENGTH];
        message.getActorId(actor, 0);
        String socket = message.socket();
        String className = message.className();
        String cause = message.cause();
        byte[] failure = new byte[message.failureLength()];
        message.getFailure(failure, 0, failure.length);
        return new ActorUpdated(
                ActorId.fromBytes(actor),
                ActorState.fromValue(message.status().value()),
                (int) message.restarts(),
                message.maxTaskRetries(),
                worker,
                message.pid(),
                Path.of(socket),
                className,
                cause,
                failure);
    }

    static Optional<RayletConnection.NamedActor> named(ActorFoundDecoder message) {
        if (message.found() != Bool.YES) {
            return Optional.empty();
        }
        byte[] actor = new byte[ACTOR_LENGTH];
        message.getActorId(actor, 0);
        return Optional.of(new RayletConnection.NamedActor(ActorId.fromBytes(actor), message.className()));
    }

    static List<NodeInfo> nodes(NodeListDecoder message) {
        List<NodeInfo> nodes = new ArrayList<>();
        for (NodeListDecoder.NodesDecoder node : message.nodes()) {
            byte[] id = new byte[UNIQUE_LENGTH];
            node.getNodeId(id, 0);
            boolean alive = node.alive() == Bool.YES;
            int port = node.port();
            Map<String, Double> resources = new HashMap<>();
            for (NodeListDecoder.NodesDecoder.ResourcesDecoder resource : node.resources()) {
                double total = resource.total() / UNITS;
                resources.put(resource.name(), total);
            }
            String address = node.address();
            String hostName = node.hostName();
            String rayletSocket = node.rayletSocket();
            String storeSocket = node.storeSocket();
            nodes.add(new NodeInfo(
                    UniqueId.fromBytes(id),
                    address,
                    hostName,
                    port,
                    storeSocket,
                    rayletSocket,
                    alive,
                    resources,
                    Map.of("ray.io/node-id", UniqueId.fromBytes(id).toString())));
        }
        return nodes;
    }

    static List<ActorInfo> actors(ActorListDecoder message) {
        List<ActorInfo> actors = new ArrayList<>();
        for (ActorListDecoder.ActorsDecoder actor : message.actors()) {
            byte[] id = new byte[ACTOR_LENGTH];
            actor.getActorId(id, 0);
            byte[] node = new byte[UNIQUE_LENGTH];
            actor.getNodeId(node, 0);
            ActorState state = ActorState.fromValue(actor.status().value());
            long restarts = actor.restarts();
            String name = actor.name();
            actor.className();
            Address address = new Address(UniqueId.fromBytes(node), actor.address(), 0);
            actors.add(new ActorInfo(ActorId.fromBytes(id), state, restarts, address, name));
        }
        return actors;
    }

    static void assign(AssignJobDecoder message, WorkerDuties duties) {
        List<String> paths = new ArrayList<>();
        int jobId = (int) message.jobId();
        for (AssignJobDecoder.CodeSearchPathDecoder path : message.codeSearchPath()) {
            paths.add(path.entry());
        }
        String namespace = message.namespace();
        duties.assignJob(jobId, paths, namespace, message.defaultActorLifetime());
    }

    static ActorConstruction construction(ConstructActorDecoder message) {
        byte[] actor = new byte[ACTOR_LENGTH];
        message.getActorId(actor, 0);
        List<Integer> gpus = new ArrayList<>();
        for (ConstructActorDecoder.GpuIdsDecoder gpu : message.gpuIds()) {
            gpus.add(gpu.gpu());
        }
        byte[] specification = new byte[message.specificationLength()];
        message.getSpecification(specification, 0, specification.length);
        return new ActorConstruction(actor, (int) message.restarts(), message.maxConcurrency(), gpus, specification);
    }
}
