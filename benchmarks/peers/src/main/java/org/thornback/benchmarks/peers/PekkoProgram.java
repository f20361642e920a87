// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.benchmarks.peers;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.pattern.Patterns;

/** Asks an actor in another JVM, over loopback. Arguments: {@code serve}, or {@code measure ROUNDS}. */
public final class PekkoProgram {
    private static final int ONE_BY_ONE = 3_000;
    private static final int AT_ONCE = 10_000;
    private static final int MOST_UNANSWERED = 2_000;
    private static final int PORT = 25_520;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private PekkoProgram() {}

    /** The least an actor can do. */
    static final class Echo extends AbstractActor {
        @Override
        public Receive createReceive() {
            return receiveBuilder()
                    .matchAny(message -> getSender().tell(1, getSelf()))
                    .build();
        }
    }

    /**
     * Serves the actor, or measures it.
     *
     * @param arguments as described.
     * @throws ExecutionException   when the actor does not answer.
     * @throws InterruptedException when interrupted.
     */
    public static void main(String[] arguments) throws ExecutionException, InterruptedException {
        boolean serves = arguments[0].equals("serve");
        ActorSystem system = ActorSystem.create("benchmark", config(serves ? PORT : PORT + 1));
        if (serves) {
            system.actorOf(Props.create(Echo.class), "echo");
            System.out.println("ready");
            return;
        }
        ActorRef echo = system.actorSelection("pekko://benchmark@127.0.0.1:" + PORT + "/user/echo")
                .resolveOne(PATIENCE)
                .toCompletableFuture()
                .get();
        for (int round = 0; round <= Integer.parseInt(arguments[1]); round++) {
            measure(echo, round);
        }
        System.exit(0);
    }

    private static void measure(ActorRef echo, int round) throws ExecutionException, InterruptedException {
        long[] nanos = new long[ONE_BY_ONE];
        for (int i = 0; i < nanos.length; i++) {
            long begin = System.nanoTime();
            Patterns.ask(echo, i, PATIENCE).toCompletableFuture().get();
            nanos[i] = System.nanoTime() - begin;
        }
        Arrays.sort(nanos);
        System.out.printf(Locale.ROOT, "FIGURE actor.sync %d %.3f%n", round, nanos[nanos.length / 2] / 1e3);
        long begin = System.nanoTime();
        Semaphore unanswered = new Semaphore(MOST_UNANSWERED);
        CountDownLatch done = new CountDownLatch(AT_ONCE);
        for (int i = 0; i < AT_ONCE; i++) {
            unanswered.acquire();
            Patterns.ask(echo, i, PATIENCE).whenComplete((answer, error) -> {
                unanswered.release();
                done.countDown();
            });
        }
        done.await();
        System.out.printf(
                Locale.ROOT, "FIGURE actor.async %d %.3f%n", round, AT_ONCE * 1e9 / (System.nanoTime() - begin));
    }

    private static Config config(int port) {
        return ConfigFactory.parseString("pekko.loglevel=OFF\n"
                        + "pekko.stdout-loglevel=OFF\n"
                        + "pekko.actor.provider=remote\n"
                        + "pekko.actor.allow-java-serialization=on\n"
                        + "pekko.actor.warn-about-java-serializer-usage=off\n"
                        + "pekko.remote.artery.transport=tcp\n"
                        + "pekko.remote.artery.canonical.hostname=127.0.0.1\n"
                        + "pekko.remote.artery.canonical.port=" + port)
                .withFallback(ConfigFactory.load());
    }
}
