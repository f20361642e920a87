// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.deploy.internal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.thornback.api.InvalidInputException;
import org.thornback.api.cluster.ClusterView;
import org.thornback.api.config.Configuration;
import org.thornback.api.config.LiveConfiguration;
import org.thornback.api.config.OptionCatalogue;
import org.thornback.api.deploy.DeployFolder;
import org.thornback.api.deploy.Deployment;
import org.thornback.api.session.Session;
import org.thornback.testkit.Await;
import org.thornback.testkit.FelixExtension;
import org.thornback.testkit.FixedConfiguration;
import org.thornback.testkit.TestSession;

/** The bundle in a real framework, on a real folder. */
@Timeout(60)
abstract class DeployFelix {
    @TempDir
    static Path home;

    @RegisterExtension
    final FelixExtension felix = new FelixExtension()
            .componentRuntime()
            .exports("org.osgi.service.cm")
            .property("thornback.home", home.toString())
            .property(Constants.FRAMEWORK_BSNVERSION, Constants.FRAMEWORK_BSNVERSION_MULTIPLE)
            .bundles("org.thornback.deploy");

    @TempDir
    Path root;

    Path directory;
    DeployFolder folder;
    final Map<String, String> edits = new ConcurrentHashMap<>();

    /** Takes any value but one. */
    final class Edits implements LiveConfiguration {
        @Override
        public void set(Map<String, String> values, String source) {
            replace(Set.of(), values, source);
        }

        @Override
        public void replace(Set<String> before, Map<String, String> values, String source) {
            if (values.containsValue("LOUD")) {
                throw new InvalidInputException("log-level=LOUD (" + source + ") is not one of those.");
            }
            if (values.containsValue("DEFECT")) {
                throw new AssertionError("no such luck");
            }
            if (before.contains("log-backups") && !values.containsKey("log-backups")) {
                throw new InvalidInputException("log-backups cannot be left out (" + source + ").");
            }
            edits.keySet().removeAll(before);
            edits.putAll(values);
        }
    }

    @BeforeEach
    void start() throws IOException {
        directory = Files.createDirectory(root.resolve("deploy"));
        clear(Files.createDirectories(home.resolve("features")));
        Configuration configuration =
                new FixedConfiguration().with(OptionCatalogue.DEPLOY_DIRECTORY, directory.toString());
        felix.context().registerService(Configuration.class, configuration, null);
        felix.context().registerService(Session.class, new TestSession(root), null);
        felix.context().registerService(LiveConfiguration.class, new Edits(), null);
        felix.context().registerService(ClusterView.class, () -> new CompletableFuture<>(), null);
        folder = felix.service(DeployFolder.class);
    }

    /** The home is that of all tests. */
    static void clear(Path features) throws IOException {
        try (DirectoryStream<Path> ofOtherTests = Files.newDirectoryStream(features)) {
            for (Path file : ofOtherTests) {
                Files.delete(file);
            }
        }
    }

    void drop(String name, byte[] bytes) throws IOException {
        Path part = Files.write(root.resolve(name), bytes);
        Files.move(part, directory.resolve(name), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    Deployment await(String name, boolean broken) {
        return Await.awaitValue(
                () -> folder.list().stream()
                        .filter(one -> one.name().equals(name) && one.broken() == broken)
                        .findFirst()
                        .orElse(null),
                found -> found != null,
                Duration.ofSeconds(10),
                () -> "deployed are " + folder.list());
    }

    void awaitGone(String name) {
        Await.await(
                () -> folder.list().stream().noneMatch(one -> one.name().equals(name)),
                () -> "deployed are " + folder.list());
    }

    List<String> versions(String symbolicName) {
        return Arrays.stream(felix.context().getBundles())
                .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()) && bundle.getState() == Bundle.ACTIVE)
                .map(bundle -> bundle.getVersion().toString())
                .toList();
    }

    static <T> T get(CompletionStage<T> answer) throws Exception {
        return answer.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
