// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.thornback.testkit.Await;

class EventLoopTest {
    private final ConcurrentLinkedQueue<Throwable> errors = new ConcurrentLinkedQueue<>();
    private final AtomicInteger turns = new AtomicInteger();
    private volatile long pause = -1;
    private final EventLoop loop;
    private final Thread thread;

    EventLoopTest() throws IOException {
        loop = new EventLoop(
                () -> {
                    turns.incrementAndGet();
                    return pause;
                },
                errors::add);
        thread = Thread.ofPlatform().start(loop);
    }

    @AfterEach
    void end() throws InterruptedException {
        loop.stop();
        thread.join(TimeUnit.SECONDS.toMillis(10));
        assertThat(thread.isAlive()).isFalse();
        loop.dispose();
    }

    private void onLoop(Runnable command) {
        CountDownLatch done = new CountDownLatch(1);
        loop.execute(() -> {
            command.run();
            done.countDown();
        });
        Await.await(() -> done.getCount() == 0, () -> "the command has not run");
    }

    @Test
    void shouldRunCommandsOfManyThreadsInTheirOrderOnOneThread() throws InterruptedException {
        int each = 20_000;
        List<List<Integer>> seen = new ArrayList<>();
        List<Thread> senders = new ArrayList<>();
        for (int sender = 0; sender < 3; sender++) {
            List<Integer> mine = new ArrayList<>();
            seen.add(mine);
            senders.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < each; i++) {
                    int number = i;
                    loop.execute(() -> {
                        assertThat(Thread.currentThread()).isSameAs(thread);
                        mine.add(number);
                    });
                }
            }));
        }
        for (Thread sender : senders) {
            sender.join();
        }
        onLoop(() -> {});
        assertThat(errors).isEmpty();
        assertThat(seen).allSatisfy(mine -> assertThat(mine).hasSize(each).isSorted());
    }

    @Test
    void shouldRestWhenNothingHappens() {
        onLoop(() -> {});
        int before = turns.get();
        onLoop(() -> {});
        assertThat(turns.get() - before).as("rounds for one command").isLessThanOrEqualTo(3);
    }

    @Test
    void shouldComeBackAfterTheTimeItsTurnAsksFor() {
        onLoop(() -> pause = 1);
        int before = turns.get();
        Await.await(() -> turns.get() >= before + 5, () -> "turns=" + turns + " before=" + before);
        onLoop(() -> pause = -1);
    }

    @Test
    void shouldGoOnAfterErrors() {
        loop.execute(() -> {
            throw new IllegalStateException("on purpose");
        });
        onLoop(() -> {});
        assertThat(errors).singleElement().satisfies(error -> assertThat(error).hasMessage("on purpose"));
    }

    @Test
    void shouldNotGiveEventsToTheNextOwnerOfADescriptor() {
        List<String> events = new ArrayList<>();
        onLoop(() -> {
            try {
                int one = eventfd();
                int two = eventfd();
                // Both are ready at once; whichever comes first closes the other, whose number is taken again.
                loop.add(one, Linux.EPOLLIN, ready -> replace(one, two, events));
                loop.add(two, Linux.EPOLLIN, ready -> replace(two, one, events));
            } catch (CallException e) {
                throw new IllegalStateException(e);
            }
        });
        onLoop(() -> {});
        onLoop(() -> {});
        assertThat(errors).isEmpty();
        assertThat(events).containsExactly("replaced");
    }

    private void replace(int self, int victim, List<String> events) {
        loop.remove(self);
        loop.remove(victim);
        Linux.close(victim);
        events.add("replaced");
        try {
            int again = (int) Linux.call("eventfd2", Linux.EVENTFD2, 0, 0x80800, 0, 0, 0);
            assertThat(again).isEqualTo(victim);
            loop.add(again, Linux.EPOLLIN, ready -> events.add("an event of the descriptor closed before"));
        } catch (CallException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int eventfd() throws CallException {
        return (int) Linux.call("eventfd2", Linux.EVENTFD2, 1, 0x80800, 0, 0, 0);
    }

    @Test
    void shouldIgnoreCommandsAfterItsEnd() throws InterruptedException, IOException {
        EventLoop other = new EventLoop(() -> -1, errors::add);
        Thread runner = Thread.ofPlatform().start(other);
        other.stop();
        runner.join(Duration.ofSeconds(10));
        other.dispose();
        other.execute(() -> errors.add(new AssertionError("ran after the end")));
        assertThat(errors).isEmpty();
    }
}
