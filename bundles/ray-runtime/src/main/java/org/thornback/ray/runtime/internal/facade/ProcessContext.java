// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.facade;

import static java.util.Objects.requireNonNull;

import io.ray.api.BaseActorHandle;
import io.ray.api.id.ActorId;
import io.ray.api.id.JobId;
import io.ray.api.id.TaskId;
import io.ray.api.id.UniqueId;
import io.ray.api.runtimecontext.ActorInfo;
import io.ray.api.runtimecontext.ActorState;
import io.ray.api.runtimecontext.NodeInfo;
import io.ray.api.runtimecontext.RuntimeContext;
import io.ray.api.runtimeenv.RuntimeEnv;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import org.thornback.ray.runtime.internal.worker.TaskContext;
import org.thornback.ray.runtime.internal.worker.WorkerProcess;

/** What a program may ask of where it runs. Immutable; safe from any thread. */
final class ProcessContext implements RuntimeContext {
    private final RayProcess process;
    private final Optional<WorkerProcess> worker;
    private final TaskId ownTask;

    ProcessContext(RayProcess process, Optional<WorkerProcess> worker) {
        this.process = requireNonNull(process, "process");
        this.worker = requireNonNull(worker, "worker");
        this.ownTask = TaskId.fromBytes(process.ids().taskId());
    }

    @Override
    public JobId getCurrentJobId() {
        return JobId.fromBytes(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(process.ids().jobId())
                .array());
    }

    @Override
    public TaskId getCurrentTaskId() {
        return TaskContext.current().map(TaskContext::taskId).orElse(ownTask);
    }

    @Override
    public ActorId getCurrentActorId() {
        return worker.flatMap(WorkerProcess::actorId)
                .map(ActorId::fromBytes)
                .orElseThrow(() -> new IllegalStateException("This method should only be called from an actor."));
    }

    @Override
    public boolean wasCurrentActorRestarted() {
        getCurrentActorId();
        return worker.map(WorkerProcess::restarts).orElse(0) > 0;
    }

    @Override
    public boolean isLocalMode() {
        return false;
    }

    @Override
    public List<NodeInfo> getAllNodeInfo() {
        return process.connection().nodes();
    }

    @Override
    public List<ActorInfo> getAllActorInfo() {
        return process.connection().actors();
    }

    @Override
    public List<ActorInfo> getAllActorInfo(JobId jobId, ActorState state) {
        return process.connection().actors().stream()
                .filter(actor -> jobId == null || actor.actorId.getJobId().equals(jobId))
                .filter(actor -> state == null || actor.state == state)
                .toList();
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T extends BaseActorHandle> T getCurrentActorHandle() {
        return (T) process.actors().handle(getCurrentActorId(), "", List.of());
    }

    @Override
    public List<Long> getGpuIds() {
        return worker.map(WorkerProcess::gpuIds).orElse(List.of()).stream()
                .map(Integer::longValue)
                .toList();
    }

    @Override
    public String getNamespace() {
        return process.namespace();
    }

    @Override
    public UniqueId getCurrentNodeId() {
        return UniqueId.fromBytes(process.welcome().nodeId());
    }

    @Override
    public RuntimeEnv getCurrentRuntimeEnv() {
        throw new UnsupportedOperationException("RuntimeEnv is not part of this version of Thornback yet");
    }
}
