// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.thornback.api.cluster.TaskInfo;
import org.thornback.api.cluster.TaskTable;

/**
 * Asks the clients for the tasks they own and waits for what they say, a second at most. It keeps nothing of the answers: the
 * owners have the facts. Owned by the conductor.
 */
final class TaskCensus {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Map<Long, Round> rounds = new HashMap<>();
    private long nextRound = 1;

    /** A part of one client's answer. */
    record Part(long round, List<TaskInfo> tasks, List<TaskTable.Count> counts, boolean last) {
        Part {
            tasks = List.copyOf(tasks);
            counts = List.copyOf(counts);
        }
    }

    /** One question to all clients. */
    private static final class Round {
        private final CompletableFuture<TaskTable> answer = new CompletableFuture<>();
        private final Set<Client> asked;
        private final Map<Client, List<Part>> parts = new HashMap<>();
        private final long deadline;

        private Round(Collection<Client> clients, long deadline) {
            this.asked = new HashSet<>(clients);
            this.deadline = deadline;
        }

        private boolean endIfDue(long now) {
            if (!asked.isEmpty() && now - deadline < 0) {
                return false;
            }
            asked.forEach(parts::remove); // half an answer is none
            answer.complete(new TaskTable(
                    parts.values().stream()
                            .flatMap(List::stream)
                            .flatMap(part -> part.tasks().stream())
                            .toList(),
                    parts.values().stream()
                            .flatMap(List::stream)
                            .flatMap(part -> part.counts().stream())
                            .toList(),
                    asked.size()));
            return true;
        }
    }

    /** Asks; the stage completes on the conductor. */
    CompletionStage<TaskTable> ask(Collection<Client> clients, int most, long now) {
        long number = nextRound++;
        Round round = new Round(requireNonNull(clients, "clients"), now + PATIENCE_NANOS);
        rounds.put(number, round);
        clients.forEach(client -> client.messages().reportTasks(number, most));
        return round.answer;
    }

    /** A client said something. */
    void told(Client client, Part part) {
        Round round = rounds.get(part.round());
        if (round == null || !round.asked.contains(client)) {
            return; // too late
        }
        round.parts.computeIfAbsent(client, first -> new ArrayList<>()).add(part);
        if (part.last()) {
            round.asked.remove(client);
        }
    }

    /** A client is gone, and its tasks with it. */
    void gone(Client client) {
        rounds.values().forEach(round -> {
            round.asked.remove(client);
            round.parts.remove(client);
        });
    }

    /** Answers whoever need not wait any longer. */
    void endRound(long now) {
        rounds.values().removeIf(round -> round.endIfDue(now));
    }

    /** When to answer although nothing happens: nanoseconds from now, {@link Long#MAX_VALUE} for not at all. */
    long nextEndNanos(long now) {
        return rounds.values().stream()
                .mapToLong(round -> Math.max(0, round.deadline - now) + 1)
                .min()
                .orElse(Long.MAX_VALUE);
    }
}
