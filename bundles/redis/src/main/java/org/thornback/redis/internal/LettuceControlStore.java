// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.redis.internal;

import static java.util.Objects.requireNonNull;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.StringCodec;
import java.time.Duration;
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
 * together in a Redis Cluster. Safe from any thread; commands go to Redis in the order in which they were given, also those
 * that waited while it was away.
 */
final class LettuceControlStore implements ControlStore, AutoCloseable {
    private final RedisClient client;
    private final CompletableFuture<StatefulRedisConnection<String, String>> connection;
    /** Completes when the latest command was sent: the next one goes behind it. */
    private CompletableFuture<StatefulRedisConnection<String, String>> sent;

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
        sent = connection;
        ask(commands -> commands.set(RedisProbe.SESSION_KEY, session)); // before anything else: whose Redis this is
    }

    /** Completes when the connection stands; commands given before wait for it. */
    CompletionStage<?> connected() {
        return connection;
    }

    static RedisClient newClient() {
        RedisClient client = RedisClient.create();
        client.setOptions(ClientOptions.builder().autoReconnect(true).build());
        return client;
    }

    @Override
    public CompletionStage<Optional<String>> get(Table table, String key) {
        return ask(commands -> commands.hget(name(table), key)).thenApply(Optional::ofNullable);
    }

    @Override
    public CompletionStage<Void> put(Table table, String key, String value) {
        return ask(commands -> commands.hset(name(table), key, value)).thenAccept(created -> {});
    }

    @Override
    public CompletionStage<Boolean> putIfAbsent(Table table, String key, String value) {
        return ask(commands -> commands.hsetnx(name(table), key, value));
    }

    @Override
    public CompletionStage<Void> delete(Table table, String key) {
        return ask(commands -> commands.hdel(name(table), key)).thenAccept(count -> {});
    }

    @Override
    public CompletionStage<Map<String, String>> all(Table table) {
        return ask(commands -> commands.hgetall(name(table)));
    }

    @Override
    public CompletionStage<Long> next(String counter) {
        return ask(commands -> commands.incr(prefix + "counter:" + counter));
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
            Function<RedisAsyncCommands<String, String>, ? extends CompletionStage<T>> command) {
        CompletableFuture<CompletionStage<T>> answer = new CompletableFuture<>();
        synchronized (this) {
            // What waits for one future runs in any order, so each command waits for the one before.
            sent = sent.thenApply(open -> {
                answer.complete(command.apply(open.async()));
                return open;
            });
            sent.exceptionally(failure -> {
                answer.completeExceptionally(failure);
                return null;
            });
        }
        return answer.thenCompose(stage -> stage);
    }

    private String name(Table table) {
        return prefix + table.name().toLowerCase(Locale.ROOT);
    }
}
