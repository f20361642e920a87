// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.deploy.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thornback.api.redis.ControlStore;
import org.thornback.api.redis.ControlStore.Table;

class DeployRecordsTest {
    private static final int LARGE = (5 << 20) / 2;

    @TempDir
    private Path directory;

    private final Map<String, String> facts = new TreeMap<>();
    private final DeployRecords records = new DeployRecords(this::store);

    /** Of its many methods two are used. */
    private ControlStore store() {
        return (ControlStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ControlStore.class}, (proxy, method, arguments) -> {
                    String key = arguments[0] + " " + arguments[1];
                    switch (method.getName()) {
                        case "put" -> facts.put(key, (String) arguments[2]);
                        case "delete" -> facts.remove(key);
                        default -> throw new AssertionError(method);
                    }
                    return CompletableFuture.completedStage(null);
                });
    }

    private Content content(String name, byte[] bytes) throws Exception {
        return Content.read(Files.write(directory.resolve(name), bytes));
    }

    @Test
    void shouldWriteContentsInPartsThatMakeTheWhole() throws Exception {
        byte[] bytes = new byte[LARGE];
        new Random(7).nextBytes(bytes);
        Content content = content("large.cfg", bytes);

        records.deployed(content, "");

        assertThat(facts)
                .containsOnlyKeys(
                        Table.CODE + " " + content.hash() + "/0",
                        Table.CODE + " " + content.hash() + "/1",
                        Table.CODE + " " + content.hash() + "/2",
                        Table.DEPLOYMENTS + " large.cfg");
        assertThat(facts.get(Table.DEPLOYMENTS + " large.cfg"))
                .isEqualTo("{\"kind\":\"CONFIGURATION\",\"hash\":\"" + content.hash() + "\",\"parts\":3}");
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (int part = 0; part < 3; part++) {
            whole.write(Base64.getDecoder().decode(facts.get(Table.CODE + " " + content.hash() + "/" + part)));
        }
        assertThat(whole.toByteArray()).isEqualTo(bytes);
    }

    @Test
    void shouldKeepAContentAsLongAsANameHasItAndNoLonger() throws Exception {
        Content one = content("one.cfg", "a = 1".getBytes());
        Content two = content("two.cfg", "a = 1".getBytes());
        Content next = content("one.cfg", "a = 2".getBytes());
        records.deployed(one, "");
        records.deployed(two, "");
        records.deployed(next, one.hash());
        assertThat(facts).containsKeys(Table.CODE + " " + one.hash() + "/0", Table.CODE + " " + next.hash() + "/0");

        records.removed("two.cfg", two.hash());

        assertThat(facts).containsOnlyKeys(Table.DEPLOYMENTS + " one.cfg", Table.CODE + " " + next.hash() + "/0");
    }

    @Test
    void shouldForgetWhatAPredecessorWroteWhenItsFileGoes() throws Exception {
        Content one = content("one.cfg", "a = 1".getBytes());
        records.deployed(one, "");
        DeployRecords successor = new DeployRecords(this::store);
        successor.goOn(one.hash(), records.parts(one.hash()));

        successor.removed("one.cfg", one.hash());

        assertThat(facts).isEmpty();
    }
}
