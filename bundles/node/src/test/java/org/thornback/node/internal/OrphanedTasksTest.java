// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.thornback.node.internal.FakeLink.Granted;

/** A worker dies: what becomes of the workers on which its own tasks run. */
class OrphanedTasksTest {
    private static final int KILLED = 137;

    private final RayletFixture node = new RayletFixture(2);
    private Client driver;
    private Client outer;
    private Client inner;

    /** A task of the driver runs on one worker, and a task of that on another. */
    @BeforeEach
    void nest() {
        driver = node.driver();
        outer = lease(driver);
        inner = lease(outer);
    }

    private Client lease(Client owner) {
        node.request(owner, 1, 1);
        node.round();
        return node.lend();
    }

    private long leaseOf(Client owner) {
        return node.link(owner).heard(Granted.class).getFirst().leaseId();
    }

    @Test
    void shouldEndTheWorkerOfATaskWhoseOwnerDiedAtWork() {
        node.end(outer, KILLED);

        assertThat(node.pool.killed).contains(inner.id());
        assertThat(node.pool.givenBack).isEmpty();
        node.end(inner, KILLED);
        assertThat(node.scheduler.available()).isEqualTo(node.scheduler.total());
    }

    @Test
    void shouldEndItTooWhenTheDriverWasTheFirstToNotice() {
        node.raylet.returnLease(driver, leaseOf(driver), true);
        node.raylet.clientGone(outer);
        node.end(outer, KILLED);

        assertThat(node.pool.killed).contains(outer.id(), inner.id());
        assertThat(node.pool.givenBack).isEmpty();
    }

    @Test
    void shouldKeepTheWorkerOfATaskWhoseOwnerHadNothingMoreToDo() {
        node.raylet.returnLease(driver, leaseOf(driver), false);
        node.pool.givenBack.clear();

        node.end(outer, 0);

        assertThat(node.pool.killed).doesNotContain(inner.id());
        assertThat(node.pool.givenBack).containsExactly(inner.id());
    }

    @Test
    void shouldKeepAWorkerThatOthersUseToo() {
        node.raylet.blocked(inner, 1);
        node.request(driver, 2, 1);
        node.round();
        assertThat(node.link(driver).heard(Granted.class))
                .last()
                .extracting(Granted::worker)
                .isEqualTo(inner.id());

        node.end(outer, KILLED);

        assertThat(node.pool.killed).doesNotContain(inner.id());
    }
}
