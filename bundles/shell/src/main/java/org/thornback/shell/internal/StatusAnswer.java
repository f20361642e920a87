// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.shell.internal;

import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.thornback.api.cluster.ClusterView;
import org.thornback.api.cluster.NodeStatus;

/** Asks the raylet for its status, and says in one sentence when it does not answer. */
final class StatusAnswer {
    private static final int SECONDS = 5;

    private StatusAnswer() {}

    static Optional<NodeStatus> ask(ClusterView view, String command, PrintStream err) {
        String problem;
        if (view == null) {
            problem = "the raylet of this node does not run (yet): no task can run here now.";
        } else {
            try {
                return Optional.of(view.status().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS));
            } catch (TimeoutException late) {
                problem = "the raylet of this node did not answer within " + SECONDS + " s.";
            } catch (ExecutionException failed) {
                problem = "the raylet of this node could not answer: " + failed.getCause() + ".";
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                problem = "the node is ending.";
            }
        }
        err.println("ray " + command + ": " + problem);
        return Optional.empty();
    }
}
