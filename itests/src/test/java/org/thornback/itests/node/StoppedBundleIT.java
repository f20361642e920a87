// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thornback.itests.process.Playground;
import org.thornback.itests.programs.FirstTask;
import org.thornback.testkit.Await;
import org.thornback.testkit.Distribution.Answer;

/** Each bundle of a node is stopped and started again, one after another. */
class StoppedBundleIT {
    /** Without them there is no node. */
    private static final Set<String> LEFT_OUT = Set.of("org.apache.felix.framework", "org.apache.felix.scr");

    private static final Pattern BUNDLE =
            Pattern.compile("(?m)^ *(\\d+)\\|Active +\\| *\\d+\\|(org\\.(?:thornback|apache\\.felix)\\.[a-z.-]+) ");

    @TempDir
    private Path directory;

    private final ExecutorService asked = Executors.newVirtualThreadPerTaskExecutor();
    private Playground playground;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        playground = new Playground(directory);
        playground.startHead("--num-cpus=1", "--object-store-memory=80000000");
    }

    @AfterEach
    void stop() {
        asked.close();
        playground.close();
    }

    private Map<String, String> bundles() throws IOException, InterruptedException {
        Map<String, String> numbers = new LinkedHashMap<>();
        BUNDLE.matcher(playground.ray("exec", "lb -s").output())
                .results()
                .filter(line ->
                        !LEFT_OUT.contains(line.group(2)) && !line.group(2).contains(".lib."))
                .forEach(line -> numbers.put(line.group(2), line.group(1)));
        return numbers;
    }

    private String said(String command) throws IOException, InterruptedException {
        Answer answer = playground.ray(command);
        return answer.output() + answer.errors();
    }

    @Test
    void shouldSayWhatIsMissingWhicheverBundleIsStoppedAndGoOnWhenItIsStartedAgain() throws Exception {
        Map<String, String> bundles = bundles();
        assertThat(bundles)
                .containsKeys(
                        "org.thornback.node", "org.thornback.shell", "org.thornback.redis", "org.thornback.health")
                .hasSizeGreaterThan(20);
        for (Map.Entry<String, String> bundle : bundles.entrySet()) {
            String start = "start " + bundle.getValue();
            String missing = "bundle=" + bundle.getKey() + " is stopped: `ray exec \"" + start + "\"` starts it.";
            assertThat(playground.ray("exec", "stop " + bundle.getKey()).status())
                    .as(bundle.getKey())
                    .isZero();

            Future<String> health = asked.submit(() -> said("health-check"));
            assertThat(said("status")).contains("Missing: " + missing);
            assertThat(health.get()).contains(missing);
            assertThat(playground.ray("exec", start).status()).as(start).isZero();
        }
        Await.await(
                () -> playground.ray("health-check", "--problems").output().isEmpty(),
                () -> "the node has not come back");
        String address = playground.ray("status", "--verbose").output().replaceAll("(?s).*Redis: (\\S+).*", "$1");
        assertThat(playground
                        .program(FirstTask.class, "-Dray.address=" + address)
                        .output())
                .contains("answer=42");
    }
}
