// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.thornback.api.cluster.TaskInfo;
import org.thornback.api.cluster.TaskTable;
import org.thornback.api.id.BinaryId;

class TaskCensusTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final TaskCensus census = new TaskCensus();
    private final Client one = client();
    private final Client other = client();

    private static Client client() {
        return new Client(BinaryId.random(), 1, false, new ClientMessages(new FakeLink()));
    }

    private CompletableFuture<TaskTable> ask() {
        return census.ask(List.of(one, other), 10, 0).toCompletableFuture();
    }

    private static TaskCensus.Part part(long round, String function, boolean last) {
        TaskTable.Count count = new TaskTable.Count(function, TaskInfo.State.RUNNING, 1);
        return new TaskCensus.Part(round, List.of(), List.of(count), last);
    }

    private static List<String> functions(CompletableFuture<TaskTable> answer) {
        return answer.join().counts().stream()
                .map(TaskTable.Count::function)
                .sorted()
                .toList();
    }

    @Test
    void shouldAnswerWhenAllHaveSaidEverything() {
        CompletableFuture<TaskTable> answer = ask();
        census.told(one, part(1, "a", false));
        census.told(other, part(1, "b", true));
        census.endRound(1);
        assertThat(answer).isNotDone();

        census.told(one, part(1, "c", true));
        census.endRound(2);

        assertThat(functions(answer)).containsExactly("a", "b", "c");
        assertThat(answer.join().silent()).isZero();
        assertThat(census.nextEndNanos(2)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldNotWaitForAnOwnerThatIsGoneNorTellOfItsTasks() {
        CompletableFuture<TaskTable> answer = ask();
        census.told(one, part(1, "a", true));
        census.told(other, part(1, "b", false));

        census.gone(other);
        census.endRound(1);

        assertThat(functions(answer)).containsExactly("a");
        assertThat(answer.join().silent()).isZero();
    }

    @Test
    void shouldSayHowManyDidNotAnswerWithinASecondAndIgnoreWhatTheySayLater() {
        CompletableFuture<TaskTable> answer = ask();
        census.told(one, part(1, "a", true));
        census.told(other, part(1, "b", false));
        assertThat(census.nextEndNanos(0)).isBetween(SECOND, SECOND + 1);

        census.endRound(SECOND);
        census.told(other, part(1, "c", true));

        assertThat(functions(answer)).containsExactly("a");
        assertThat(answer.join().silent()).isEqualTo(1);
    }

    @Test
    void shouldAnswerAtOnceWhenThereIsNobody() {
        CompletableFuture<TaskTable> answer = census.ask(List.of(), 10, 0).toCompletableFuture();

        census.endRound(1);

        assertThat(answer).isCompletedWithValue(new TaskTable(List.of(), List.of(), 0));
    }
}
