// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thornback.api.InvalidInputException;
import org.thornback.api.deploy.DeployedCode;
import org.thornback.api.redis.ControlStore;
import org.thornback.api.security.RedisCredentials;

/** Admits by the Redis password and numbers jobs in the control plane. Immutable. */
final class ClusterAdmission implements Admission {
    private static final Logger LOG = LoggerFactory.getLogger("ray.raylet");
    private static final String ALGORITHM = "HmacSHA256";

    private final RedisCredentials credentials;
    private final ControlStore control;
    private final Executor conductor;
    private final Supplier<DeployedCode> deployed;

    /**
     * Admits nobody yet.
     *
     * @param deployed null while nothing can be deployed.
     */
    ClusterAdmission(
            RedisCredentials credentials, ControlStore control, Executor conductor, Supplier<DeployedCode> deployed) {
        this.credentials = requireNonNull(credentials, "credentials");
        this.control = requireNonNull(control, "control");
        this.conductor = requireNonNull(conductor, "conductor");
        this.deployed = requireNonNull(deployed, "deployed");
    }

    @Override
    public boolean passwordProven(byte[] clientId, byte[] proof) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            byte[] key = credentials.password().reveal().getBytes(StandardCharsets.UTF_8);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return MessageDigest.isEqual(mac.doFinal(clientId), proof);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    @Override
    public String clusterAddress() {
        return control.address();
    }

    @Override
    public void code(List<String> path, Consumer<List<String>> action, Consumer<String> refusal) {
        if (path.stream().noneMatch(entry -> entry.startsWith(DeployedCode.PREFIX))) {
            action.accept(path);
            return;
        }
        CompletionStage<List<String>> found = CompletableFuture.completedStage(List.of());
        for (String entry : path) {
            found = found.thenCombine(place(entry), (before, jar) -> {
                List<String> more = new ArrayList<>(before);
                more.add(jar);
                return more;
            });
        }
        found.whenComplete((entries, failure) -> conductor.execute(() -> {
            if (failure == null) {
                action.accept(entries);
            } else {
                Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
                refusal.accept(cause.getMessage());
            }
        }));
    }

    private CompletionStage<String> place(String entry) {
        if (!entry.startsWith(DeployedCode.PREFIX)) {
            return CompletableFuture.completedStage(entry);
        }
        DeployedCode code = deployed.get();
        return code == null
                ? CompletableFuture.failedStage(new InvalidInputException("ray.job.code-search-path: " + entry
                        + " cannot be found: the deploy bundle of this node does not run (yet)."))
                : code.find(entry.substring(DeployedCode.PREFIX.length())).thenApply(Path::toString);
    }

    @Override
    public void nextJobId(IntConsumer action, Consumer<String> refusal) {
        control.next("job").whenComplete((number, failure) -> {
            if (failure == null) {
                conductor.execute(() -> action.accept(Math.toIntExact(number)));
            } else {
                LOG.error("a driver cannot join: the control plane gave no job number", failure);
                conductor.execute(() -> refusal.accept("The control plane at " + control.address()
                        + " gave no job number (" + failure.getMessage() + "): see redis.err of the session"));
            }
        });
    }
}
