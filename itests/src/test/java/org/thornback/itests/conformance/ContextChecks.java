// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ray.api.ActorHandle;
import io.ray.api.Ray;
import io.ray.api.id.ActorId;
import io.ray.api.id.JobId;
import io.ray.api.id.TaskId;
import io.ray.api.runtimecontext.ActorInfo;
import io.ray.api.runtimecontext.ActorState;
import io.ray.api.runtimecontext.NodeInfo;
import java.util.List;
import org.thornback.itests.conformance.ActorChecks.Counter;

/** What a program can ask about where it runs. */
final class ContextChecks {
    private ContextChecks() {}

    static JobId job() {
        return Ray.getRuntimeContext().getCurrentJobId();
    }

    static TaskId task() {
        return Ray.getRuntimeContext().getCurrentTaskId();
    }

    static String namespace() {
        return Ray.getRuntimeContext().getNamespace();
    }

    static String omp() {
        return System.getenv("OMP_NUM_THREADS");
    }

    static List<Long> gpus() {
        return Ray.getRuntimeContext().getGpuIds();
    }

    /** Knows its own id. */
    static final class Aware {
        ActorId id() {
            return Ray.getRuntimeContext().getCurrentActorId();
        }

        ActorId idInThread() throws InterruptedException {
            var id = new ActorId[1];
            Thread.ofPlatform().start(() -> id[0] = id()).join();
            return id[0];
        }

        boolean restarted() {
            return Ray.getRuntimeContext().wasCurrentActorRestarted();
        }
    }

    @Check
    static void shouldTellTheSameJobWhenAskedInDriverAndTask() {
        JobId job = Ray.getRuntimeContext().getCurrentJobId();

        assertThat(job.getBytes()).hasSize(4);
        assertThat(job).isNotEqualTo(JobId.NIL);
        assertThat(Ray.task(ContextChecks::job).remote().get()).isEqualTo(job);
        assertThat(Ray.task(ContextChecks::namespace).remote().get()).isEqualTo("conformance");
        assertThat(Ray.getRuntimeContext().getNamespace()).isEqualTo("conformance");
    }

    @Check
    static void shouldTellDifferentIdsWhenTasksDiffer() {
        TaskId first = Ray.task(ContextChecks::task).remote().get();
        TaskId second = Ray.task(ContextChecks::task).remote().get();

        assertThat(first.getBytes()).hasSize(24);
        assertThat(first).isNotEqualTo(second);
        assertThat(Ray.getRuntimeContext().getCurrentTaskId()).isNotEqualTo(first);
    }

    @Check
    static void shouldTellItsIdWhenAskedInAnActor() {
        ActorHandle<Aware> aware = Ray.actor(Aware::new).remote();

        assertThat(aware.task(Aware::id).remote().get()).isEqualTo(aware.getId());
        assertThat(aware.task(Aware::idInThread).remote().get()).isEqualTo(aware.getId());
        assertThat(aware.task(Aware::restarted).remote().get()).isFalse();
        assertThat(aware.getId().getBytes()).hasSize(16);
    }

    @Check
    static void shouldRefuseWhenAskedForAnActorOutsideOfOne() {
        assertThatThrownBy(() -> Ray.getRuntimeContext().getCurrentActorId())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("This method should only be called from an actor.");
    }

    @Check
    static void shouldListTheNodeWithItsResourcesWhenAsked() {
        List<NodeInfo> nodes = Ray.getRuntimeContext().getAllNodeInfo();

        assertThat(nodes).hasSize(1);
        NodeInfo node = nodes.getFirst();
        assertThat(node.isAlive).isTrue();
        assertThat(node.nodeId).isEqualTo(Ray.getRuntimeContext().getCurrentNodeId());
        assertThat(node.nodeAddress).isEqualTo("127.0.0.1");
        assertThat(node.resources)
                .containsEntry("CPU", 2.0)
                .containsEntry("Special", 3.0)
                .containsEntry("node:127.0.0.1", 1.0);
        assertThat(node.rayletSocketName).contains("raylet");
        assertThat(node.objectStoreSocketName).contains("plasma_store");
    }

    @Check
    static void shouldListActorsWithTheirStateWhenAsked() {
        ActorHandle<Counter> counter =
                Ray.actor(Counter::new, 1).setName("listed").remote();
        counter.task(Counter::count).remote().get();

        ActorInfo info = Ray.getRuntimeContext().getAllActorInfo().stream()
                .filter(actor -> actor.actorId.equals(counter.getId()))
                .findFirst()
                .orElseThrow();

        assertThat(info.state).isEqualTo(ActorState.ALIVE);
        assertThat(info.name).isEqualTo("listed");
        assertThat(info.numRestarts).isZero();
        JobId job = Ray.getRuntimeContext().getCurrentJobId();
        assertThat(Ray.getRuntimeContext().getAllActorInfo(job, ActorState.ALIVE))
                .anyMatch(actor -> actor.actorId.equals(counter.getId()));
    }

    @Check
    static void shouldBeAnOrdinaryClusterWhenAsked() {
        assertThat(Ray.getRuntimeContext().isLocalMode()).isFalse();
        assertThat(Ray.isInitialized()).isTrue();
        Ray.init(); // a second one changes nothing
        assertThat(Ray.task(TaskChecks::none).remote().get()).isEqualTo("none");
        assertThat(Ray.task(ContextChecks::gpus).remote().get()).isEmpty();
    }

    @Check
    static void shouldHaveOneThreadForNativeLibrariesWhenNothingElseIsSaid() {
        assertThat(Ray.task(ContextChecks::omp).remote().get())
                .isEqualTo(System.getenv().getOrDefault("OMP_NUM_THREADS", "1"));
    }
}
