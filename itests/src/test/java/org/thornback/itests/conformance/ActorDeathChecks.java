// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ray.api.ActorHandle;
import io.ray.api.ObjectRef;
import io.ray.api.Ray;
import io.ray.api.exception.RayActorException;
import java.time.Duration;
import org.thornback.itests.conformance.ActorChecks.Counter;
import org.thornback.testkit.Await;

/** How actors end, and how they come back. */
final class ActorDeathChecks {
    private ActorDeathChecks() {}

    /** Dies in several ways. */
    static final class Mortal {
        private int calls;

        Mortal() {}

        Mortal(String reason) {
            throw new IllegalStateException(reason);
        }

        int call() {
            return ++calls;
        }

        int crash() {
            Runtime.getRuntime().halt(5);
            return 0;
        }

        int exit() {
            Ray.exitActor();
            return 0;
        }

        int exitWithStubbornThread() {
            Thread.ofPlatform().daemon(false).start(() -> {
                while (true) {
                    java.util.concurrent.locks.LockSupport.park();
                }
            });
            Ray.exitActor();
            return 0;
        }

        int hang() {
            while (true) {
                Thread.onSpinWait();
            }
        }

        boolean restarted() {
            return Ray.getRuntimeContext().wasCurrentActorRestarted();
        }

        long pid() {
            return ProcessHandle.current().pid();
        }
    }

    private static void awaitCall(ActorHandle<Mortal> mortal) {
        Await.await(
                () -> {
                    mortal.task(Mortal::call).remote().get(10_000);
                    return true;
                },
                Duration.ofSeconds(20),
                () -> "the actor does not come back");
    }

    private static void awaitEnd(long pid) {
        Await.await(() -> ProcessHandle.of(pid).isEmpty(), Duration.ofSeconds(5), () -> "it still runs, pid=" + pid);
    }

    @Check
    static void shouldFailEveryCallWithItsIdWhenTheProcessDied() {
        ActorHandle<Mortal> mortal = Ray.actor(Mortal::new).remote();
        assertThat(mortal.task(Mortal::call).remote().get()).isEqualTo(1);

        RayActorException thrown = catchThrowableOfType(
                RayActorException.class,
                () -> mortal.task(Mortal::crash).remote().get());

        assertThat(thrown.actorId).isEqualTo(mortal.getId());
        assertThat(thrown).hasMessageContaining("died unexpectedly");
        assertThatThrownBy(() -> mortal.task(Mortal::call).remote().get()).isInstanceOf(RayActorException.class);
    }

    @Check
    static void shouldFailQueuedCallsWhenTheProcessDies() {
        ActorHandle<Mortal> mortal = Ray.actor(Mortal::new).remote();
        ObjectRef<Integer> first = mortal.task(Mortal::call).remote();
        mortal.task(Mortal::crash).remote();
        ObjectRef<Integer> after = mortal.task(Mortal::call).remote();

        assertThat(first.get(20_000)).isEqualTo(1);
        assertThatThrownBy(() -> after.get(20_000)).isInstanceOf(RayActorException.class);
    }

    @Check
    static void shouldTellTheReasonWhenTheConstructorThrew() {
        ActorHandle<Mortal> mortal = Ray.actor(Mortal::new, "no luck today").remote();

        assertThatThrownBy(() -> mortal.task(Mortal::call).remote().get(20_000))
                .isInstanceOf(RayActorException.class)
                .hasStackTraceContaining("no luck today");
    }

    @Check
    static void shouldStartAnewAsOftenAsAllowedWhenItCrashes() {
        ActorHandle<Mortal> mortal = Ray.actor(Mortal::new).setMaxRestarts(1).remote();
        assertThat(mortal.task(Mortal::call).remote().get()).isEqualTo(1);
        assertThat(mortal.task(Mortal::restarted).remote().get()).isFalse();
        long pid = mortal.task(Mortal::pid).remote().get();

        assertThatThrownBy(() -> mortal.task(Mortal::crash).remote().get()).isInstanceOf(RayActorException.class);
        awaitCall(mortal);

        assertThat(mortal.task(Mortal::restarted).remote().get()).isTrue();
        assertThat(mortal.task(Mortal::pid).remote().get()).isNotEqualTo(pid);
        assertThat(mortal.task(Mortal::call).remote().get()).isGreaterThan(1).isLessThan(1000);
        assertThatThrownBy(() -> mortal.task(Mortal::crash).remote().get()).isInstanceOf(RayActorException.class);
        assertThatThrownBy(() -> mortal.task(Mortal::call).remote().get(20_000)).isInstanceOf(RayActorException.class);
    }

    @Check
    static void shouldRetryCallsWhenTaskRetriesAreAllowed() {
        ActorHandle<Mortal> mortal =
                Ray.actor(Mortal::new).setMaxRestarts(3).setMaxTaskRetries(-1).remote();
        long pid = mortal.task(Mortal::pid).remote().get();
        assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();

        assertThat(mortal.task(Mortal::call).remote().get(20_000)).isEqualTo(1);
    }

    @Check
    static void shouldNotComeBackWhenItWasKilledForGood() {
        ActorHandle<Mortal> mortal = Ray.actor(Mortal::new).setMaxRestarts(-1).remote();
        long pid = mortal.task(Mortal::pid).remote().get();

        mortal.kill();

        awaitEnd(pid);
        assertThatThrownBy(() -> mortal.task(Mortal::call).remote().get(20_000)).isInstanceOf(RayActorException.class);
    }

    @Check
    static void shouldComeBackWhenItWasKilledWithRestart() {
        ActorHandle<Mortal> mortal = Ray.actor(Mortal::new).setMaxRestarts(1).remote();
        long pid = mortal.task(Mortal::pid).remote().get();

        mortal.kill(false);

        awaitEnd(pid);
        awaitCall(mortal);
        assertThat(mortal.task(Mortal::restarted).remote().get()).isTrue();
    }

    @Check
    static void shouldEndWhenItIsKilledWhileACallHangs() {
        ActorHandle<Mortal> mortal = Ray.actor(Mortal::new).remote();
        long pid = mortal.task(Mortal::pid).remote().get();
        ObjectRef<Integer> hanging = mortal.task(Mortal::hang).remote();

        mortal.kill();

        assertThatThrownBy(() -> hanging.get(20_000)).isInstanceOf(RayActorException.class);
        awaitEnd(pid);
    }

    @Check
    static void shouldNeverRestartWhenItExitsByItself() {
        ActorHandle<Mortal> mortal = Ray.actor(Mortal::new).setMaxRestarts(-1).remote();
        long pid = mortal.task(Mortal::pid).remote().get();

        assertThatThrownBy(() -> mortal.task(Mortal::exit).remote().get(20_000)).isInstanceOf(RayActorException.class);
        awaitEnd(pid);
        assertThatThrownBy(() -> mortal.task(Mortal::call).remote().get(20_000)).isInstanceOf(RayActorException.class);
    }

    @Check
    static void shouldEndItsProcessWhenUserThreadsAreStubborn() {
        ActorHandle<Mortal> mortal = Ray.actor(Mortal::new).remote();
        long pid = mortal.task(Mortal::pid).remote().get();

        assertThatThrownBy(() ->
                        mortal.task(Mortal::exitWithStubbornThread).remote().get(20_000))
                .isInstanceOf(RayActorException.class);
        awaitEnd(pid);
    }

    @Check
    static void shouldRefuseToExitWhenNoActorRuns() {
        assertThatThrownBy(() -> Ray.task(ActorDeathChecks::exitInTask).remote().get())
                .hasStackTraceContaining("This shouldn't be called on a non-actor worker.");
    }

    static int exitInTask() {
        Ray.exitActor();
        return 0;
    }

    @Check
    static void shouldLeaveOthersAloneWhenOneDies() {
        ActorHandle<Counter> bystander = Ray.actor(Counter::new, 1).remote();
        ActorHandle<Mortal> mortal = Ray.actor(Mortal::new).remote();
        bystander.task(Counter::count).remote().get();

        assertThatThrownBy(() -> mortal.task(Mortal::crash).remote().get()).isInstanceOf(RayActorException.class);

        assertThat(bystander.task(Counter::add, 1).remote().get()).isEqualTo(2);
    }
}
