// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.thornback.api.InvalidInputException;
import org.thornback.api.deploy.DeployedCode;
import org.thornback.api.id.BinaryId;
import org.thornback.api.security.RedisCredentials;
import org.thornback.api.security.Secret;

class ClusterAdmissionTest {
    private static final String PASSWORD = "pa\"ss}wörd";

    private final FakeControlStore control = new FakeControlStore();
    private final List<Runnable> conductor = new ArrayList<>();
    private final List<Integer> numbers = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();
    private final byte[] client = BinaryId.random().bytes();
    private DeployedCode code;
    private final ClusterAdmission admission =
            new ClusterAdmission(new Credentials(Secret.of(PASSWORD), false), control, conductor::add, () -> code);

    private record Credentials(Secret password, boolean isDefault) implements RedisCredentials {}

    private static byte[] proof(byte[] id, String password) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(password.getBytes(UTF_8), "HmacSHA256"));
        return mac.doFinal(id);
    }

    @Test
    void shouldAdmitOnlyWhoProvesThePasswordForItself() throws Exception {
        assertThat(admission.passwordProven(client, proof(client, PASSWORD))).isTrue();
        assertThat(admission.passwordProven(client, proof(client, "other"))).isFalse();
        assertThat(admission.passwordProven(client, proof(BinaryId.random().bytes(), PASSWORD)))
                .as("somebody else's proof")
                .isFalse();
        assertThat(admission.passwordProven(client, new byte[0])).isFalse();
    }

    @Test
    void shouldFindTheJarsThatEntriesOfACodeSearchPathName() {
        List<List<String>> found = new ArrayList<>();
        admission.code(List.of("/classes"), found::add, refusals::add);
        assertThat(found).containsExactly(List.of("/classes"));
        List<String> path = List.of("/classes", "deploy:words");
        admission.code(path, found::add, refusals::add);
        code = name -> name.equals("words")
                ? CompletableFuture.completedStage(Path.of("/kept/words.jar"))
                : CompletableFuture.failedStage(new InvalidInputException(name + " is not deployed"));
        admission.code(path, found::add, refusals::add);
        admission.code(List.of("deploy:verbs"), found::add, refusals::add);

        conductor.forEach(Runnable::run);

        assertThat(found).endsWith(List.of("/classes", "/kept/words.jar")).hasSize(2);
        assertThat(refusals).hasSize(2);
        assertThat(refusals.getFirst()).contains("deploy:words cannot be found: the deploy bundle");
        assertThat(refusals.getLast()).isEqualTo("verbs is not deployed");
    }

    @Test
    void shouldNumberJobsOnTheConductor() {
        admission.nextJobId(numbers::add, refusals::add);
        admission.nextJobId(numbers::add, refusals::add);
        assertThat(numbers).as("not on the thread of the control plane").isEmpty();

        conductor.forEach(Runnable::run);

        assertThat(numbers).containsExactly(1, 2);
    }

    @Test
    void shouldSayWhyNoJobCanBeNumbered() {
        control.fail(new IllegalStateException("out of memory"));

        admission.nextJobId(numbers::add, refusals::add);

        conductor.forEach(Runnable::run);
        assertThat(numbers).isEmpty();
        assertThat(refusals)
                .containsExactly("The control plane at 127.0.0.1:6379 gave no job number (out of memory):"
                        + " see redis.err of the session");
    }
}
