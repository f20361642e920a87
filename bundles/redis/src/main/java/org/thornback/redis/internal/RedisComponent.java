// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.redis.internal;

import static java.util.Objects.requireNonNull;

import io.lettuce.core.RedisClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thornback.api.InvalidInputException;
import org.thornback.api.cluster.StartAnswer;
import org.thornback.api.config.Configuration;
import org.thornback.api.config.LaunchOptions;
import org.thornback.api.config.OptionCatalogue;
import org.thornback.api.keeper.Keeper;
import org.thornback.api.redis.ControlStore;
import org.thornback.api.resources.NodeResources;
import org.thornback.api.security.RedisCredentials;
import org.thornback.api.session.ComponentLog;
import org.thornback.api.session.Session;

/**
 * Starts the Redis servers of a head on a thread of its own, so that nothing else waits, and registers the control plane when
 * it answers, or refuses the start. When its bundle is stopped and started again, the cluster has the address it had.
 */
@Component(
        immediate = true,
        service = {})
public final class RedisComponent {
    private static final Logger LOG = LoggerFactory.getLogger("ray.redis");
    private static final int DEFAULT_PORT = 6379;
    private static final String ESTATE = "redis-port";
    private static final String LOOPBACK = "127.0.0.1";

    private final BundleContext context;
    private final Configuration configuration;
    private final LaunchOptions launch;
    private final NodeResources resources;
    private final RedisCredentials credentials;
    private final Session session;
    private final ComponentLog logs;
    private final StartAnswer answer;
    private final Optional<Keeper> keeper;
    private final List<RedisServer> servers = new CopyOnWriteArrayList<>();
    private final Thread starter;
    private volatile CompletableFuture<RedisClient> client;
    private volatile CompletableFuture<Void> shards = CompletableFuture.completedFuture(null);
    private volatile boolean closing;
    private RedisServer primary;
    private LettuceControlStore store;
    private ServiceRegistration<ControlStore> registration;

    /**
     * Begins to start the servers.
     *
     * @param context       registers the service.
     * @param configuration names ports.
     * @param launch        tells whether the node stays on loopback.
     * @param resources     know the node's address.
     * @param credentials   protect the servers.
     * @param session       of the node.
     * @param logs          give the servers their files.
     * @param answer        hears of problems.
     * @param keeper        has the port of a predecessor, if it is there.
     */
    @Activate
    public RedisComponent(
            BundleContext context,
            @Reference Configuration configuration,
            @Reference LaunchOptions launch,
            @Reference NodeResources resources,
            @Reference RedisCredentials credentials,
            @Reference Session session,
            @Reference ComponentLog logs,
            @Reference StartAnswer answer,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL) Keeper keeper) {
        this.context = requireNonNull(context, "context");
        this.configuration = requireNonNull(configuration, "configuration");
        this.launch = requireNonNull(launch, "launch");
        this.resources = requireNonNull(resources, "resources");
        this.credentials = requireNonNull(credentials, "credentials");
        this.session = requireNonNull(session, "session");
        this.logs = requireNonNull(logs, "logs");
        this.answer = requireNonNull(answer, "answer");
        this.keeper = Optional.ofNullable(keeper);
        starter = Thread.ofPlatform().daemon().name("ray-redis-start").start(this::start);
    }

    /** Ends the servers. */
    @Deactivate
    public void close() {
        closing = true;
        starter.interrupt();
        try {
            starter.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (registration != null) {
            registration.unregister();
            keeper.ifPresent(kept -> kept.leave(ESTATE, primary.port()));
        }
        if (store != null) {
            store.close();
        } else if (client != null) {
            LettuceControlStore.end(client.join()); // refused before there was a store
        }
        shards.exceptionally(refused -> null).join(); // one that is just starting is ended, too
        servers.parallelStream().forEach(RedisServer::stop);
    }

    private void start() {
        try {
            client = CompletableFuture.supplyAsync(AsyncClient::new);
            Path home = Path.of(context.getProperty("thornback.home"));
            Path binary = RedisBinary.find(System.getenv().getOrDefault("PATH", ""), home);
            shards = CompletableFuture.runAsync(() -> startShards(binary));
            primary = startPrimary(binary);
            String host = launch.owned() ? LOOPBACK : resources.nodeIp();
            store = new LettuceControlStore(
                    client.join(), primary.port(), credentials.password(), session.name(), host + ":" + primary.port());
            shards.join();
            // Nobody waits for the connection: what is asked meanwhile is answered when it stands.
            registration = context.registerService(ControlStore.class, store, null);
            store.connected().whenComplete((connected, failure) -> report(failure));
        } catch (CompletionException e) {
            refuse(e.getCause());
        } catch (RuntimeException e) {
            refuse(e);
        }
    }

    private void report(Throwable failure) {
        if (failure == null) {
            LOG.info("the control plane answers at {}", store.address());
        } else {
            refuse(failure);
        }
    }

    private void refuse(Throwable failure) {
        if (closing) {
            LOG.info("the start was given up: {}", failure.getMessage());
            return;
        }
        if (failure instanceof InvalidInputException) {
            answer.refuse(List.of(failure.getMessage()));
            return;
        }
        LOG.error("the control plane cannot be reached", failure);
        answer.refuse(List.of("Redis was started but cannot be reached: " + failure.getMessage() + "; see "
                + session.logs().resolve("redis.err") + "."));
    }

    private RedisServer startPrimary(Path binary) {
        int asked = configuration.find(OptionCatalogue.PORT).orElse(launch.owned() ? 0 : DEFAULT_PORT);
        int port = keeper.flatMap(kept -> kept.take(ESTATE, Integer.class)).orElse(asked);
        return keep(startOne(plan("redis", binary, 0), port));
    }

    private void startShards(Path binary) {
        List<Integer> ports = Stream.of(
                        configuration.value(OptionCatalogue.REDIS_SHARD_PORTS).split(","))
                .filter(text -> !text.isBlank())
                .map(RedisComponent::port)
                .toList();
        int shards = Math.max(configuration.value(OptionCatalogue.NUM_REDIS_SHARDS), ports.size());
        long most = configuration.find(OptionCatalogue.REDIS_MAX_MEMORY).orElse(0L);
        for (int i = 0; i < shards; i++) {
            keep(startOne(plan("redis-shard_" + i, binary, most), i < ports.size() ? ports.get(i) : 0));
        }
    }

    private static int port(String text) {
        try {
            return Integer.parseInt(text.trim());
        } catch (NumberFormatException e) {
            throw new InvalidInputException("redis-shard-ports: port=" + text
                    + " is not a number; give numbers separated by commas, for instance 6380,6381.");
        }
    }

    private static RedisServer startOne(RedisServer.Plan plan, int port) {
        return port == 0 ? RedisServer.startAnywhere(plan) : RedisServer.startAt(plan, port);
    }

    private RedisServer keep(RedisServer server) {
        servers.add(server);
        return server;
    }

    private RedisServer.Plan plan(String name, Path binary, long maxMemory) {
        List<String> bind = launch.owned() || LOOPBACK.equals(resources.nodeIp())
                ? List.of(LOOPBACK)
                : List.of(LOOPBACK, resources.nodeIp());
        return new RedisServer.Plan(
                name, binary, bind, maxMemory, credentials.password(), logs.streams(name), session.directory());
    }
}
