// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Map;
import org.thornback.api.id.BinaryId;
import org.thornback.layout.SegmentBuffer;
import org.thornback.layout.message.ActorConstructedEncoder;
import org.thornback.layout.message.ActorExitingEncoder;
import org.thornback.layout.message.ActorHandlesEncoder;
import org.thornback.layout.message.Bool;
import org.thornback.layout.message.CancelLeaseRequestEncoder;
import org.thornback.layout.message.ClientKind;
import org.thornback.layout.message.CreateActorEncoder;
import org.thornback.layout.message.FindActorEncoder;
import org.thornback.layout.message.GoodbyeEncoder;
import org.thornback.layout.message.HelloEncoder;
import org.thornback.layout.message.KillActorEncoder;
import org.thornback.layout.message.ListActorsEncoder;
import org.thornback.layout.message.ListNodesEncoder;
import org.thornback.layout.message.MessageHeaderEncoder;
import org.thornback.layout.message.RequestLeaseEncoder;
import org.thornback.layout.message.ReturnLeaseEncoder;
import org.thornback.layout.message.SubscribeActorEncoder;
import org.thornback.layout.message.TaskBlockedEncoder;
import org.thornback.layout.message.TaskReportEncoder;
import org.thornback.layout.message.TaskStatus;
import org.thornback.layout.message.UpdateReferencesEncoder;
import org.thornback.layout.message.WorkerListeningEncoder;

/** What clients send: each message with its header, as drivers and workers encode it. */
final class ClientFrames {
    private static final int ROOM = 4096;

    private final byte[] bytes = new byte[ROOM];
    private final SegmentBuffer buffer = new SegmentBuffer(MemorySegment.ofArray(bytes));
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    private byte[] frame(int encodedLength) {
        return Arrays.copyOf(bytes, MessageHeaderEncoder.ENCODED_LENGTH + encodedLength);
    }

    byte[] driver(BinaryId id, int version, byte[] proof) {
        HelloEncoder message = hello(id, ClientKind.DRIVER, version, proof.length > 0);
        message.codeSearchPathCount(1).next().entry("/code");
        message.jvmOptionsCount(1).next().option("-Djob");
        message.environmentCount(1).next().name("A").value("b");
        message.namespace("").putPasswordProof(proof, 0, proof.length);
        return frame(message.defaultActorLifetime("DETACHED").entrypoint("Main").encodedLength());
    }

    byte[] worker(BinaryId id) {
        HelloEncoder message = hello(id, ClientKind.WORKER, 1, false);
        message.codeSearchPathCount(0);
        message.jvmOptionsCount(0);
        message.environmentCount(0);
        message.namespace("").putPasswordProof(new byte[0], 0, 0);
        return frame(message.defaultActorLifetime("").entrypoint("").encodedLength());
    }

    private HelloEncoder hello(BinaryId id, ClientKind kind, int version, boolean proven) {
        return new HelloEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .protocolVersion(version)
                .kind(kind)
                .putClientId(id.bytes(), 0)
                .pid(77)
                .owned(Bool.NO)
                .passwordGiven(proven ? Bool.YES : Bool.NO);
    }

    byte[] listening(String socket) {
        return frame(new WorkerListeningEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .socket(socket)
                .encodedLength());
    }

    byte[] requestLease(long requestId, Map<String, Long> resources, String function) {
        RequestLeaseEncoder message = new RequestLeaseEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .requestId(requestId)
                .schedulingClass(1)
                .backlog(1);
        RequestLeaseEncoder.ResourcesEncoder group = message.resourcesCount(resources.size());
        resources.forEach((name, units) -> group.next().units(units).name(name));
        return frame(message.functionName(function).runtimeEnv("").encodedLength());
    }

    byte[] cancelRequest(long requestId) {
        return frame(new CancelLeaseRequestEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .requestId(requestId)
                .encodedLength());
    }

    byte[] returnLease(long leaseId, boolean workerFailed) {
        return frame(new ReturnLeaseEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .leaseId(leaseId)
                .workerFailed(workerFailed ? Bool.YES : Bool.NO)
                .encodedLength());
    }

    byte[] blocked(int tasks) {
        return frame(new TaskBlockedEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .blockedTasks(tasks)
                .encodedLength());
    }

    byte[] reference(BinaryId object, BinaryId holder, int delta) {
        UpdateReferencesEncoder message = new UpdateReferencesEncoder().wrapAndApplyHeader(buffer, 0, header);
        message.changesCount(1)
                .next()
                .putObjectId(object.bytes(), 0)
                .putHolder(holder.bytes(), 0)
                .delta(delta);
        return frame(message.encodedLength());
    }

    byte[] createActor(long requestId, BinaryId id, String name) {
        CreateActorEncoder message = new CreateActorEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .requestId(requestId)
                .putActorId(id.bytes(), 0)
                .maxRestarts(-1)
                .maxTaskRetries(2)
                .maxConcurrency(4)
                .detached(Bool.YES);
        message.resourcesCount(1).next().units(5_000).name("CPU");
        message.jvmOptionsCount(1).next().option("-Dactor");
        message.name(name).namespace("space").className("Counter").runtimeEnv("{}");
        return frame(message.putSpecification(new byte[] {'s'}, 0, 1).encodedLength());
    }

    byte[] constructed(BinaryId id) {
        ActorConstructedEncoder message = new ActorConstructedEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .putActorId(id.bytes(), 0)
                .succeeded(Bool.YES);
        return frame(message.cause("").putFailure(new byte[0], 0, 0).encodedLength());
    }

    byte[] subscribe(BinaryId id) {
        return frame(new SubscribeActorEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .putActorId(id.bytes(), 0)
                .encodedLength());
    }

    byte[] handles(BinaryId id, BinaryId holder, int delta) {
        return frame(new ActorHandlesEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .putActorId(id.bytes(), 0)
                .putHolder(holder.bytes(), 0)
                .delta(delta)
                .encodedLength());
    }

    byte[] exiting(BinaryId id) {
        return frame(new ActorExitingEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .putActorId(id.bytes(), 0)
                .encodedLength());
    }

    byte[] kill(BinaryId id, boolean noRestart) {
        return frame(new KillActorEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .putActorId(id.bytes(), 0)
                .noRestart(noRestart ? Bool.YES : Bool.NO)
                .encodedLength());
    }

    byte[] find(long requestId, String name, String namespace) {
        return frame(new FindActorEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .requestId(requestId)
                .name(name)
                .namespace(namespace)
                .encodedLength());
    }

    byte[] listActors(long requestId) {
        return frame(new ListActorsEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .requestId(requestId)
                .encodedLength());
    }

    byte[] listNodes(long requestId) {
        return frame(new ListNodesEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .requestId(requestId)
                .encodedLength());
    }

    /** One task that runs, and how many of its function have finished. */
    byte[] taskReport(long requestId, BinaryId task, BinaryId worker, String function, long finished) {
        TaskReportEncoder message = new TaskReportEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .requestId(requestId)
                .last(Bool.YES);
        message.countsCount(1)
                .next()
                .status(TaskStatus.FINISHED)
                .tasks(finished)
                .function(function);
        message.tasksCount(1)
                .next()
                .putTaskId(task.bytes(), 0)
                .status(TaskStatus.RUNNING)
                .attempt(2)
                .putWorkerId(worker.bytes(), 0)
                .began(1_000)
                .ended(0)
                .function(function)
                .name("");
        return frame(message.encodedLength());
    }

    byte[] goodbye() {
        return frame(new GoodbyeEncoder().wrapAndApplyHeader(buffer, 0, header).encodedLength());
    }

    static byte[] unknown() {
        byte[] frame = new byte[MessageHeaderEncoder.ENCODED_LENGTH];
        new MessageHeaderEncoder()
                .wrap(new SegmentBuffer(MemorySegment.ofArray(frame)), 0)
                .blockLength(0)
                .templateId(4711)
                .schemaId(1)
                .version(0);
        return frame;
    }
}
