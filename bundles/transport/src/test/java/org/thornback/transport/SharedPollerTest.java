// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.thornback.api.ThornbackException;
import org.thornback.layout.SegmentBuffer;
import org.thornback.testkit.Await;

@Timeout(60)
class SharedPollerTest {
    private static final long FOREVER = Long.MAX_VALUE;
    private static final long LOST_NANOS = TimeUnit.SECONDS.toNanos(20);

    @TempDir
    Path directory;

    private final AtomicReference<Callable<Long>> tick = new AtomicReference<>(() -> FOREVER);
    private final SharedPoller shared = new SharedPoller("poller under test", this::tick);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Answers answers = new Answers();
    private Echo echo;
    private FrameChannel channel;

    @BeforeEach
    void connect() {
        echo = new Echo(directory.resolve("echo"));
        channel = shared.poller().connect(directory.resolve("echo"), answers);
    }

    @AfterEach
    void close() {
        shared.close();
        echo.close();
        threads.shutdownNow();
    }

    private long tick() {
        try {
            return tick.get().call();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void ask(long number) {
        SegmentBuffer buffer = channel.claim(Long.BYTES);
        buffer.putLong(channel.offset(), number);
        channel.commit(Long.BYTES, true);
    }

    /** The answers that came; notices when two threads handle frames at once. */
    private static final class Answers implements FrameHandler {
        private final ConcurrentHashMap<Long, Thread> came = new ConcurrentHashMap<>();
        private final AtomicBoolean handling = new AtomicBoolean();
        private final AtomicInteger overlaps = new AtomicInteger();

        @Override
        public void onFrame(FrameChannel from, SegmentBuffer buffer, int offset, int length) {
            if (!handling.compareAndSet(false, true)) {
                overlaps.incrementAndGet();
            }
            came.put(buffer.getLong(offset), Thread.currentThread());
            handling.set(false);
        }

        @Override
        public void onClosed(FrameChannel closed) {}
    }

    /** A peer with a thread of its own that gives back what it gets: at once, or when told to, in another order. */
    private static final class Echo implements FrameHandler, AutoCloseable {
        private final Poller poller = new Poller();
        private final Random random = new Random(7);
        private final List<Long> held = new ArrayList<>();
        private final ConcurrentLinkedQueue<Long> toAnswer = new ConcurrentLinkedQueue<>();
        private final Thread thread = new Thread(this::run, "echo");
        private volatile boolean holding;
        private volatile boolean stopped;
        private volatile FrameChannel to;

        Echo(Path socket) {
            poller.listen(socket, accepted -> {
                to = accepted;
                return this;
            });
            thread.start();
        }

        private void run() {
            while (!stopped) {
                poller.poll(FOREVER);
                Collections.shuffle(held, random);
                held.forEach(this::send);
                held.clear();
                Long number;
                while ((number = toAnswer.poll()) != null) {
                    send(number);
                }
            }
        }

        void answer(long number) {
            toAnswer.add(number);
            poller.wakeup();
        }

        private void send(long number) {
            SegmentBuffer buffer = to.claim(Long.BYTES);
            buffer.putLong(to.offset(), number);
            to.commit(Long.BYTES, true);
        }

        @Override
        public void onFrame(FrameChannel from, SegmentBuffer buffer, int offset, int length) {
            if (!holding) {
                held.add(buffer.getLong(offset));
            }
        }

        @Override
        public void onClosed(FrameChannel closed) {}

        @Override
        public void close() {
            stopped = true;
            poller.wakeup();
            Await.await(() -> !thread.isAlive(), () -> "the echo does not end");
            poller.close();
        }
    }

    private boolean awaitAnswer(long number) throws InterruptedException {
        return shared.await(() -> answers.came.containsKey(number), LOST_NANOS);
    }

    private Future<Boolean> waitFor(long number) {
        return threads.submit(() -> awaitAnswer(number));
    }

    @Test
    void shouldLoseNoWakeUpWhileManyThreadsWaitForAnswersInAnyOrder() throws Exception {
        int rounds = 400;
        List<Future<Integer>> done = new ArrayList<>();
        for (long thread = 0; thread < 6; thread++) {
            long base = thread << Integer.SIZE;
            done.add(threads.submit(() -> {
                int answered = 0;
                for (int i = 0; i < rounds; i++) {
                    ask(base + i);
                    answered += awaitAnswer(base + i) ? 1 : 0;
                }
                return answered;
            }));
        }
        for (Future<Integer> answered : done) {
            assertThat(answered.get()).isEqualTo(rounds);
        }
        assertThat(answers.overlaps).hasValue(0);
    }

    @Test
    void shouldDeliverOnTheWaitingThreadItself() throws Exception {
        long number = 0;
        // The background thread may have the seat for the first ones; it gives it up to a thread that waits.
        do {
            ask(++number);
            assertThat(awaitAnswer(number)).isTrue();
        } while (answers.came.get(number) != Thread.currentThread() && number < 1_000);
        assertThat(answers.came.get(number)).isSameAs(Thread.currentThread());
    }

    @Test
    void shouldDeliverWhenNobodyWaits() {
        ask(1);
        Await.await(() -> answers.came.containsKey(1L), () -> "nobody polls");
    }

    @Test
    void shouldPassTheSeatOnWhenItsHolderHasWhatItWaitedFor() throws Exception {
        echo.holding = true;
        List<Future<Boolean>> waiting = new ArrayList<>();
        for (long number = 1; number <= 4; number++) {
            waiting.add(waitFor(number));
        }
        for (long number = 1; number <= 4; number++) {
            assertThat(waiting.get((int) number - 1).isDone()).isFalse();
            echo.answer(number); // whoever leads now, the one after it must go on polling
            assertThat(waiting.get((int) number - 1).get()).isTrue();
        }
    }

    @Test
    void shouldLookAgainWhenAnotherThreadMadeItTrueAndWokeIt() throws Exception {
        AtomicBoolean first = new AtomicBoolean();
        AtomicBoolean second = new AtomicBoolean();
        Future<Boolean> leader = threads.submit(() -> shared.await(first::get, LOST_NANOS));
        Future<Boolean> follower = threads.submit(() -> shared.await(second::get, LOST_NANOS));
        second.set(true);
        shared.wakeup();
        assertThat(follower.get()).isTrue();
        first.set(true);
        shared.wakeup();
        assertThat(leader.get()).isTrue();
    }

    @Test
    void shouldSayNoAtTheTimeoutAndNotBefore() throws Exception {
        Duration timeout = Duration.ofMillis(30);
        long start = System.nanoTime();
        assertThat(shared.await(() -> false, timeout.toNanos())).isFalse();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(timeout.toNanos());
    }

    @Test
    void shouldAskTheTickAgainWhenWorkBeginsWhileItDecides() {
        CompletableFuture<Void> askedAgain = new CompletableFuture<>();
        AtomicInteger asked = new AtomicInteger();
        tick.set(() -> {
            if (asked.incrementAndGet() == 1) {
                threads.submit(shared::expectTick).get(); // comes just before this says that nothing is due
            } else {
                askedAgain.complete(null);
            }
            return FOREVER;
        });
        ask(1); // the poll that is under way ends
        Await.await(askedAgain::isDone, Duration.ofSeconds(5), () -> "asked=" + asked);
    }

    @Test
    void shouldAskTheTickWhenWorkBeginsWhileAThreadWaits() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        tick.set(() -> {
            asked.incrementAndGet();
            return FOREVER;
        });
        AtomicReference<Thread> waiting = new AtomicReference<>();
        echo.holding = true;
        Future<Boolean> leader = threads.submit(() -> {
            waiting.set(Thread.currentThread());
            return awaitAnswer(1);
        });
        Await.await(() -> isPolling(waiting.get()), () -> "the waiting thread does not poll");
        int before = asked.get();
        shared.expectTick();
        Await.await(() -> asked.get() > before, Duration.ofSeconds(5), () -> "asked=" + asked);
        echo.answer(1);
        assertThat(leader.get()).isTrue();
    }

    private static boolean isPolling(Thread thread) {
        return thread != null
                && List.of(thread.getStackTrace()).stream()
                        .anyMatch(frame -> frame.getClassName().contains("EPoll"));
    }

    @Test
    void shouldTellEveryWaitingThreadThatItWasShutDown() {
        for (int round = 0; round < 50; round++) {
            AtomicInteger asked = new AtomicInteger();
            SharedPoller poller = new SharedPoller("round " + round, () -> FOREVER);
            List<Future<Boolean>> waiting = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                waiting.add(threads.submit(() -> poller.await(() -> asked.incrementAndGet() < 0, LOST_NANOS)));
            }
            Await.await(() -> asked.get() > waiting.size(), () -> "nobody waits");
            poller.close();
            for (Future<Boolean> one : waiting) {
                assertThatThrownBy(one::get)
                        .hasCauseInstanceOf(ThornbackException.class)
                        .hasMessageContaining("shut down");
            }
        }
    }

    @Test
    void shouldTellAThreadThatWasAboutToPollThatItWasShutDown() {
        AtomicReference<Thread> waiting = new AtomicReference<>();
        AtomicBoolean once = new AtomicBoolean();
        tick.set(() -> {
            if (Thread.currentThread() == waiting.get() && once.compareAndSet(false, true)) {
                threads.submit(shared::close).get();
            }
            return FOREVER;
        });
        Future<Boolean> one = threads.submit(() -> {
            waiting.set(Thread.currentThread());
            return awaitAnswer(1);
        });
        echo.holding = true;
        assertThatThrownBy(one::get)
                .hasCauseInstanceOf(ThornbackException.class)
                .hasMessageContaining("shut down");
    }

    @Test
    void shouldLetAnInterruptedThreadGoAndServeTheOthers() throws Exception {
        echo.holding = true;
        AtomicReference<Thread> interrupted = new AtomicReference<>();
        Future<Boolean> gone = threads.submit(() -> {
            interrupted.set(Thread.currentThread());
            return awaitAnswer(1);
        });
        Future<Boolean> stays = waitFor(2);
        Await.await(() -> interrupted.get() != null, () -> "not started");
        interrupted.get().interrupt();
        assertThatThrownBy(gone::get).hasCauseInstanceOf(InterruptedException.class);
        echo.answer(2);
        assertThat(stays.get()).isTrue();
    }
}
