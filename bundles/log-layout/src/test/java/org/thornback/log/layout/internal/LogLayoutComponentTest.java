// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.log.layout.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.ServiceRegistration;
import org.slf4j.LoggerFactory;
import org.thornback.api.cluster.StartAnswer;
import org.thornback.api.config.Configuration;
import org.thornback.api.config.OptionCatalogue;
import org.thornback.api.keeper.Keeper;
import org.thornback.api.session.ComponentLog;
import org.thornback.api.session.Session;
import org.thornback.api.session.WorkerLogListener;
import org.thornback.testkit.Await;
import org.thornback.testkit.FakeKeeper;
import org.thornback.testkit.FelixExtension;
import org.thornback.testkit.FixedConfiguration;
import org.thornback.testkit.RecordedAnswer;

class LogLayoutComponentTest {
    private static final String WORKER = "0123456789abcdef".repeat(4).substring(8);

    @RegisterExtension
    final FelixExtension felix = new FelixExtension()
            .componentRuntime()
            .exports("ch.qos.logback.classic", "ch.qos.logback.core")
            .bundles("org.thornback.log-layout");

    @TempDir
    Path root;

    private final RecordedAnswer answer = new RecordedAnswer();
    private final List<String> printed = new CopyOnWriteArrayList<>();

    private ServiceRegistration<?> begin(Path tempDir) {
        felix.context().registerService(StartAnswer.class, answer, null);
        return felix.context()
                .registerService(
                        Configuration.class,
                        new FixedConfiguration().with(OptionCatalogue.TEMP_DIR, tempDir.toString()),
                        null);
    }

    private void hear(String name) {
        WorkerLogListener listener = (worker, errorStream, lines) ->
                printed.add(name + (errorStream ? " err " : " out ") + worker.substring(0, 4) + " " + lines.strip());
        felix.context().registerService(WorkerLogListener.class, listener, null);
    }

    @Test
    void shouldBeginASessionWithFilesForEveryComponentOfThePageAndEndIt() throws Exception {
        ServiceRegistration<?> configuration = begin(root);
        Session session = felix.service(Session.class);
        felix.service(ComponentLog.class);

        for (String component : List.of("raylet", "plasma_store", "log_monitor", "monitor", "webui", "redis")) {
            assertThat(session.logs().resolve(component + ".out")).exists();
            assertThat(session.logs().resolve(component + ".err")).isEmptyFile();
        }
        LoggerFactory.getLogger("ray.plasma_store").info("listens");
        assertThat(session.logs().resolve("plasma_store.out")).content().contains("listens");
        Files.createFile(session.socket("raylet"));
        configuration.unregister();
        assertThat(felix.context().getServiceReference(Session.class)).isNull();
        assertThat(session.sockets()).doesNotExist();
        assertThat(session.logs()).as("logs outlive their session").exists();
    }

    @Test
    void shouldRefuseTheStartInOneSentenceWhenTheRootCannotBeUsed() throws Exception {
        Path file = Files.createFile(root.resolve("file"));
        begin(file);

        assertThat(answer.refusals())
                .singleElement()
                .asString()
                .contains("temp-dir=" + file)
                .doesNotContain("Exception");
        assertThat(felix.context().getServiceReference(Session.class)).isNull();
    }

    @Test
    void shouldFollowWhatWorkersPrintAndLoseNothingWhileNobodyListens() throws Exception {
        begin(root);
        Path logs = felix.service(Session.class).logs();
        Path out = logs.resolve("worker-" + WORKER + ".out");
        Files.writeString(out, "before anybody listened\n");
        Files.writeString(logs.resolve("worker-" + WORKER + ".err"), "oh dear\n");
        Files.writeString(logs.resolve("worker-short.out"), "no worker's\n");

        hear("first");

        String id = WORKER.substring(0, 4);
        Await.await(() -> printed.size() >= 2, () -> "printed=" + printed);
        assertThat(printed)
                .containsExactlyInAnyOrder(
                        "first out " + id + " before anybody listened", "first err " + id + " oh dear");
        Files.writeString(out, "and later\nlast words", StandardOpenOption.APPEND);
        Await.await(() -> printed.contains("first out " + id + " last words"), () -> "printed=" + printed);
        assertThat(printed).hasSize(4).contains("first out " + id + " and later");
    }

    @Test
    void shouldGoOnWithTheSessionAndBehindWhatWasForwardedWhenTheBundleIsStartedAgain() throws Exception {
        felix.context().registerService(Keeper.class, new FakeKeeper(), null);
        begin(root);
        Session before = felix.service(Session.class);
        Path raylet = Files.createFile(before.socket("raylet"));
        Path out = Files.writeString(before.logs().resolve("worker-" + WORKER + ".out"), "once\n");
        hear("monitor");
        Await.await(() -> !printed.isEmpty(), () -> "printed=" + printed);
        LoggerFactory.getLogger("ray.raylet").info("before");

        felix.bundle("org.thornback.log-layout").stop();
        assertThat(raylet).as("others' sockets stay").exists();
        Files.writeString(out, "while it was away\n", StandardOpenOption.APPEND);
        felix.bundle("org.thornback.log-layout").start();

        Session after = felix.service(Session.class);
        assertThat(after.directory()).isEqualTo(before.directory());
        assertThat(after.socket("raylet")).as("the same place again").isEqualTo(raylet);
        LoggerFactory.getLogger("ray.raylet").info("after");
        assertThat(after.logs().resolve("raylet.out")).content().contains("before", "after");
        String id = WORKER.substring(0, 4);
        Await.await(() -> printed.size() > 1, () -> "printed=" + printed);
        assertThat(printed).containsExactly("monitor out " + id + " once", "monitor out " + id + " while it was away");
    }
}
