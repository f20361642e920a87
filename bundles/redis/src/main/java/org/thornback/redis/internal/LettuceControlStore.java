// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.redis.internal;

import static java.util.Objects.requireNonNull;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.StringCodec;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.thornback.api.redis.ControlStore;
import org.thornback.api.redis.RedisProbe;
import org.thornback.api.security.Secret;

/**
 * The control plane's tables as Redis hashes. All keys of a session carry its name as their hash tag, so that they stay
 * together in a Redis Cluster. Safe from any thread.
 *
 * <p>Commands on one table or counter reach Redis in the order in which they were given, also over a connection that breaks:
 * each is sent when the one before it has been answered. Sending them behind each other would not do, because the client may
 * send again, behind later ones, what a breaking connection did not take.
 */
final class LettuceControlStore implements ControlStore, AutoCloseable {
    private final RedisClient client;
    private final CompletableFuture<StatefulRedisConnection<String, String>> connection;
    /** Completes when the connection stands and Redis knows whose it is: before that, nobody asks it for anything. */
    private final CompletableFuture<RedisAsyncCommands<String, String>> commands;
    /** Completes when the latest command on a key was answered, or failed: the next one goes behind it. Guarded by this. */
    private final Map<String, CompletableFuture<?>> latest = new HashMap<>();

    private final String prefix;
    private final String address;

    LettuceControlStore(RedisClient client, int port, Secret password, String session, String address) {
        this.client = requireNonNull(client, "client");
        this.address = requireNonNull(address, "address");
        this.prefix = "{" + session + "}:";
        RedisURI uri = RedisURI.builder()
                .withHost("127.0.0.1")
                .withPort(port)
                .withPassword(password.reveal().toCharArray())
                .withTimeout(Duration.ofSeconds(10))
                .build();
        connection = client.connectAsync(StringCodec.UTF8, uri).toCompletableFuture();
        commands = connection
                .thenApply(StatefulRedisConnection::async)
                .thenCompose(async -> async.set(RedisProbe.SESSION_KEY, session).thenApply(set -> async));
    }

    /** Completes when the connection stands; commands given before wait for it. */
    CompletionStage<?> connected() {
        return connection;
    }

    @Override
    public CompletionStage<Optional<String>> get(Table table, String key) {
        String name = name(table);
        return ask(name, redis -> redis.hget(name, key)).thenApply(Optional::ofNullable);
    }

    @Override
    public CompletionStage<Void> put(Table table, String key, String value) {
        String name = name(table);
        return ask(name, redis -> redis.hset(name, key, value)).thenAccept(created -> {});
    }

    @Override
    public CompletionStage<Boolean> putIfAbsent(Table table, String key, String value) {
        String name = name(table);
        return ask(name, redis -> redis.hsetnx(name, key, value));
    }

    @Override
    public CompletionStage<Void> delete(Table table, String key) {
        String name = name(table);
        return ask(name, redis -> redis.hdel(name, key)).thenAccept(count -> {});
    }

    @Override
    public CompletionStage<Map<String, String>> all(Table table) {
        String name = name(table);
        return ask(name, redis -> redis.hgetall(name));
    }

    @Override
    public CompletionStage<Long> next(String counter) {
        String name = prefix + "counter:" + counter;
        return ask(name, redis -> redis.incr(name));
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public void close() {
        end(client); // its connection, too
    }

    /** Ends a client and its threads, which must not outlive the bundle their classes come from. */
    static void end(RedisClient client) {
        client.shutdown(0, 500, TimeUnit.MILLISECONDS);
    }

    private <T> CompletionStage<T> ask(
            String key, Function<RedisAsyncCommands<String, String>, ? extends CompletionStage<T>> command) {
        CompletableFuture<T> answer;
        synchronized (this) {
            CompletableFuture<?> before = latest.getOrDefault(key, commands);
            answer = before.handle((value, failure) -> null)
                    .thenCombine(commands, (over, redis) -> redis)
                    .thenCompose(command);
            latest.put(key, answer);
        }
        answer.whenComplete((value, failure) -> forget(key, answer));
        return answer;
    }

    private synchronized void forget(String key, CompletableFuture<?> answered) {
        latest.remove(key, answered);
    }

    private String name(Table table) {
        return prefix + table.name().toLowerCase(Locale.ROOT);
    }
}
