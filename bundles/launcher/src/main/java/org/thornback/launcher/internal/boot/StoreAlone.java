// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.boot;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ToLongFunction;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.thornback.api.InvalidInputException;
import org.thornback.api.cluster.NodeDescription;
import org.thornback.api.cluster.StartAnswer;
import org.thornback.api.config.Configuration;
import org.thornback.api.resources.NodeResources;
import org.thornback.api.session.Session;
import org.thornback.api.store.ObjectStore;
import org.thornback.api.store.SpillTarget;
import org.thornback.launcher.internal.home.Features;
import org.thornback.launcher.internal.home.Home;

/**
 * Turns this process into an object store without a node: a container with the slices of the store alone, and in place of
 * session, resources and configuration just what the command line says.
 *
 * <p>One instance for each process. {@link #start} and {@link #stay} belong to the main thread; a signal ends it through the
 * shutdown hook, with exit status 0.
 */
public final class StoreAlone {
    private static final long LIMIT_SECONDS = 30;

    private final Features features;
    private final Container container;
    private Optional<HashTableStore> external = Optional.empty();
    private long capacity;
    private final CompletableFuture<Optional<String>> outcome = new CompletableFuture<>();

    /**
     * Prepares a store.
     *
     * @param home      the distribution.
     * @param hugePages whether its memory is to be in huge pages.
     */
    public StoreAlone(Home home, boolean hugePages) {
        features = Features.read(home).only(hugePages ? Features.STORE_ALONE_IN_HUGE_PAGES : Features.STORE_ALONE);
        NodeTraces traces = new NodeTraces(home.cache().resolve("framework"));
        container = new Container(home, features, traces.storage(), Map.of());
    }

    /**
     * Starts the store.
     *
     * @param socket        where clients connect.
     * @param size          says how many bytes objects may take, once the container's bundles have been started.
     * @param configuration what else its parts ask for.
     * @param directory     where its memory lies.
     * @return why it cannot start; empty when clients can connect.
     */
    public Optional<String> start(
            Path socket, ToLongFunction<BundleContext> size, Path directory, Configuration configuration) {
        Runtime.getRuntime().addShutdownHook(new Thread(this::endBySignal, "end"));
        FirstDowncall.begin();
        try {
            container.open();
            BundleContext context = container.context();
            context.registerService(Session.class, new SocketOnly(socket), null);
            context.registerService(Configuration.class, requireNonNull(configuration, "configuration"), null);
            context.registerService(StartAnswer.class, new Refusals(), null);
            external.ifPresent(target -> context.registerService(
                    SpillTarget.class, target, new Hashtable<>(Map.of(SpillTarget.EVICTED, true))));
            context.addServiceListener(
                    event -> {
                        if (event.getType() == ServiceEvent.REGISTERED) {
                            outcome.complete(Optional.empty());
                        }
                    },
                    "(objectClass=" + ObjectStore.class.getName() + ")");
            container.startBundles(features.bundles()).stream().findFirst().ifPresent(this::refuse);
            capacity = size.applyAsLong(context);
            context.registerService(
                    NodeResources.class, new NodeResources(Map.of(), 0, capacity, directory, "127.0.0.1"), null);
            return outcome.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InvalidInputException mistake) {
            refuse(mistake.getMessage());
            return Optional.of(mistake.getMessage());
        } catch (BundleException | ExecutionException broken) {
            return Optional.of("the container did not start: " + broken.getMessage());
        } catch (TimeoutException late) {
            return Optional.of("the store is not there after " + LIMIT_SECONDS + " s: "
                    + new ComponentCheck(container.context()).notRunning());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return Optional.of("the start was interrupted");
        } catch (InvalidSyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * How large it is, once it has started.
     *
     * @return bytes of objects.
     */
    public long capacity() {
        return capacity;
    }

    /** Keeps evicted objects in memory outside the store and brings them back; to be called before the start. */
    public void keepEvicted() {
        external = Optional.of(new HashTableStore());
    }

    private void refuse(String sentence) {
        outcome.complete(Optional.of(sentence));
    }

    /** Stays until the container stops. */
    public void stay() {
        try {
            container.awaitStop();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void endBySignal() {
        if (!outcome.isDone() || outcome.getNow(Optional.of("")).isEmpty()) {
            container.close();
            Runtime.getRuntime().halt(0); // an ordinary end by a signal would be 143
        }
        container.close();
    }

    /** Hears why the store cannot start. */
    private final class Refusals implements StartAnswer {
        @Override
        public void ready(NodeDescription node) {
            // there is no node
        }

        @Override
        public void remark(String sentence) {
            // nor a session, of which one could be made
        }

        @Override
        public void refuse(List<String> sentences) {
            StoreAlone.this.refuse(String.join(" ", sentences));
        }
    }

    /** A session of which there is nothing but one socket. */
    private record SocketOnly(Path path) implements Session {
        @Override
        public String name() {
            return path.getFileName().toString();
        }

        @Override
        public Path directory() {
            return sockets();
        }

        @Override
        public Path logs() {
            return sockets();
        }

        @Override
        public Path sockets() {
            return path.getParent();
        }

        @Override
        public Path socket(String name) {
            return path;
        }
    }
}
