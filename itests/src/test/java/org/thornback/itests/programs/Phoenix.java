// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.programs;

import io.ray.api.ActorHandle;
import io.ray.api.Ray;
import io.ray.api.exception.RayActorException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.thornback.testkit.Await;

/** An actor that may begin anew twice: tells of each of its lives, waits for the end of it, and what comes after the last. */
public final class Phoenix {
    private static final int RESTARTS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Phoenix() {}

    /** Counts its calls from its birth on. */
    static final class Bird {
        private int calls;

        int call() {
            return ++calls;
        }

        long pid() {
            return ProcessHandle.current().pid();
        }

        int burn() {
            while (true) {
                LockSupport.park();
            }
        }
    }

    public static void main(String[] arguments) {
        Ray.init();
        ActorHandle<Bird> bird = Ray.actor(Bird::new).setMaxRestarts(RESTARTS).remote();
        for (int life = 1; life <= RESTARTS + 1; life++) {
            int calls = firstCall(bird);
            System.out.println("life=" + life + " calls=" + calls + " pid="
                    + bird.task(Bird::pid).remote().get());
            try {
                bird.task(Bird::burn).remote().get();
            } catch (RayActorException e) {
                System.out.println("death=" + life + ": " + e.getMessage());
            }
        }
        try {
            System.out.println("alive: " + bird.task(Bird::call).remote().get());
        } catch (RayActorException e) {
            System.out.println("over: " + e.getMessage());
        }
        Ray.shutdown();
    }

    /** A call that comes between two lives fails; the first that does not is the first of its life. */
    private static int firstCall(ActorHandle<Bird> bird) {
        return Await.awaitValue(
                () -> bird.task(Bird::call).remote().get(),
                calls -> true,
                PATIENCE,
                () -> "the actor does not come back");
    }
}
