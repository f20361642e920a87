// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.deploy.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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
import org.thornback.api.deploy.DeployedCode;
import org.thornback.api.deploy.Deployment;
import org.thornback.api.deploy.Deployment.Kind;
import org.thornback.api.deploy.FeatureSets;
import org.thornback.api.health.NodeParts;
import org.thornback.api.keeper.Keeper;
import org.thornback.api.session.Session;
import org.thornback.testkit.Await;
import org.thornback.testkit.FakeKeeper;
import org.thornback.testkit.FelixExtension;
import org.thornback.testkit.FixedConfiguration;
import org.thornback.testkit.TestSession;

/** The bundle in a real framework, on a real folder. */
@Timeout(60)
class DeployComponentTest {
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
    private Path root;

    private Path directory;
    private DeployFolder folder;
    private final Map<String, String> edits = new ConcurrentHashMap<>();

    /** Takes any value but one. */
    private final class Edits implements LiveConfiguration {
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
                throw new IllegalStateException("no such luck");
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
    private static void clear(Path features) throws IOException {
        try (DirectoryStream<Path> ofOtherTests = Files.newDirectoryStream(features)) {
            for (Path file : ofOtherTests) {
                Files.delete(file);
            }
        }
    }

    private void drop(String name, byte[] bytes) throws IOException {
        Path part = Files.write(root.resolve(name), bytes);
        Files.move(part, directory.resolve(name), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private Deployment await(String name, boolean broken) {
        return Await.awaitValue(
                () -> folder.list().stream()
                        .filter(one -> one.name().equals(name) && one.broken() == broken)
                        .findFirst()
                        .orElse(null),
                found -> found != null,
                Duration.ofSeconds(10),
                () -> "deployed are " + folder.list());
    }

    private void awaitGone(String name) {
        Await.await(
                () -> folder.list().stream().noneMatch(one -> one.name().equals(name)),
                () -> "deployed are " + folder.list());
    }

    private List<String> versions(String symbolicName) {
        return Arrays.stream(felix.context().getBundles())
                .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()) && bundle.getState() == Bundle.ACTIVE)
                .map(bundle -> bundle.getVersion().toString())
                .toList();
    }

    private static <T> T get(CompletionStage<T> answer) throws Exception {
        return answer.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void shouldStartABundleThatIsDroppedFollowItsChangesAndStopItWhenItGoes() throws Exception {
        drop("one.jar", Jars.bundle("one", "1.0.0", Map.of()));
        assertThat(await("one.jar", false).kind()).isEqualTo(Kind.BUNDLE);
        assertThat(versions("one")).containsExactly("1.0.0");

        drop("one.jar", Jars.bundle("one", "2.0.0", Map.of()));

        Await.await(() -> versions("one").equals(List.of("2.0.0")), () -> "versions=" + versions("one"));
        Files.delete(directory.resolve("one.jar"));
        awaitGone("one.jar");
        assertThat(versions("one")).isEmpty();
    }

    /** Knows of one bundle what a component in it waits for. */
    private record Waiting(long bundle) implements NodeParts {
        @Override
        public boolean awaitStarted(Duration limit) {
            return true;
        }

        @Override
        public List<String> stoppedBundles() {
            return List.of();
        }

        @Override
        public List<String> idleComponents() {
            return List.of();
        }

        @Override
        public List<String> idleComponents(long number) {
            return number == bundle ? List.of("component=a waits for b.", "component=c failed.") : List.of();
        }
    }

    @Test
    void shouldSayWhatABundleThatRunsWaitsFor() throws Exception {
        drop("one.jar", Jars.bundle("one", "1.0.0", Map.of()));
        drop("two.jar", Jars.bundle("two", "1.0.0", Map.of()));
        await("one.jar", false);
        await("two.jar", false);
        NodeParts parts = new Waiting(felix.bundle("one").getBundleId());

        felix.context().registerService(NodeParts.class, parts, null);

        assertThat(await("one.jar", false).remark()).isEqualTo("component=a waits for b. component=c failed.");
        assertThat(await("two.jar", false).remark()).isEmpty();
    }

    @Test
    void shouldLetTheOldOneRunWhenItsUpdateDoesNotStartAndSayWhy() throws Exception {
        drop("one.jar", Jars.bundle("one", "1.0.0", Map.of()));
        String hash = await("one.jar", false).hash();
        Map<String, String> headers =
                Map.of("Bundle-Activator", Fails.class.getName(), "Import-Package", "org.osgi.framework");

        drop("one.jar", Jars.bundle("one", "1.0.0", headers));

        Deployment broken = await("one.jar", true);
        assertThat(broken.remark()).contains("bundle=one.jar cannot be started").contains("no luck today");
        assertThat(broken.hash()).as("what is in effect").isEqualTo(hash);
        assertThat(versions("one")).containsExactly("1.0.0");
        byte[] half = Arrays.copyOf(Jars.bundle("one", "3.0.0", Map.of()), 100);
        drop("one.jar", half);
        Await.await(
                () -> await("one.jar", true).remark().contains("is not a whole jar"),
                () -> "deployed are " + folder.list());
        assertThat(versions("one")).containsExactly("1.0.0");
        drop("one.jar", Jars.bundle("one", "3.0.0", Map.of()));
        await("one.jar", false);
        assertThat(versions("one")).containsExactly("3.0.0");
    }

    @Test
    void shouldStartWhatWasMissingAPackageWhenThatHasCome() throws Exception {
        drop("user.jar", Jars.bundle("user", "1.0.0", Map.of("Import-Package", "words.here")));
        assertThat(await("user.jar", true).remark())
                .isEqualTo("bundle=user.jar cannot be started: it imports package words.here, which no bundle here"
                        + " exports in a version that fits.");

        drop("words.jar", Jars.bundle("words", "1.0.0", Map.of("Export-Package", "words.here")));

        await("user.jar", false);
        assertThat(versions("user")).containsExactly("1.0.0");
    }

    @Test
    void shouldKeepEveryVersionOfAJarWithCodeForThoseWhoHaveIt() throws Exception {
        DeployedCode code = felix.service(DeployedCode.class);
        drop("words.jar", Jars.plain("old"));
        await("words.jar", false);
        Path old = get(code.find("words"));

        Deployment next = get(folder.add(Files.write(root.resolve("words.jar"), Jars.plain("new"))));

        assertThat(next.kind()).isEqualTo(Kind.CODE);
        assertThat(Files.readAllBytes(get(code.find("words.jar")))).isEqualTo(Jars.plain("new"));
        assertThat(Files.readAllBytes(old)).isEqualTo(Jars.plain("old"));
        get(folder.remove("words.jar"));
        assertThat(directory.resolve("words.jar")).doesNotExist();
        assertThatThrownBy(() -> get(code.find("words")))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("deploy:words is not deployed; there are []");
        assertThat(old).exists();
    }

    @Test
    void shouldChangeNothingWhenWhatIsAddedCannotBeTaken() throws Exception {
        Path notes = Files.writeString(root.resolve("notes.txt"), "a");
        Path broken = Files.writeString(root.resolve("broken.jar"), "a");

        assertThatThrownBy(() -> get(folder.add(notes))).hasMessageContaining("its name must end in .jar, .cfg");
        assertThatThrownBy(() -> get(folder.add(broken))).hasMessageContaining("is not a whole jar");
        assertThatThrownBy(() -> get(folder.add(root.resolve("gone.jar")))).hasMessageContaining("gone.jar");
        assertThatThrownBy(() -> get(folder.remove("gone.jar"))).hasMessageContaining("name=gone.jar is not in");

        assertThat(directory).isEmptyDirectory();
        assertThat(folder.list()).isEmpty();
    }

    @Test
    void shouldEditLiveOptionsByAFileAndTakeTheEditBackWithIt() throws Exception {
        String name = LiveConfiguration.PID + ".cfg";
        drop(name, "log-level = DEBUG\nlog-max-bytes = 4096\n".getBytes());
        await(name, false);
        assertThat(edits).isEqualTo(Map.of("log-level", "DEBUG", "log-max-bytes", "4096"));
        drop(name, "log-level = LOUD\n".getBytes());
        assertThat(await(name, true).remark()).isEqualTo("log-level=LOUD (deploy/" + name + ") is not one of those.");
        assertThat(edits).containsEntry("log-level", "DEBUG");

        drop(name, "log-level = WARN\n".getBytes());

        await(name, false);
        assertThat(edits).isEqualTo(Map.of("log-level", "WARN"));
        Files.delete(directory.resolve(name));
        awaitGone(name);
        assertThat(edits).isEmpty();
    }

    @Test
    void shouldEditNothingWhenAnEditThatIsLeftOutCannotBeTakenBack() throws Exception {
        String name = LiveConfiguration.PID + ".cfg";
        drop(name, "log-level = DEBUG\nlog-backups = 3\n".getBytes());
        await(name, false);

        drop(name, "log-level = WARN\n".getBytes());

        assertThat(await(name, true).remark()).isEqualTo("log-backups cannot be left out (deploy/" + name + ").");
        assertThat(edits).isEqualTo(Map.of("log-level", "DEBUG", "log-backups", "3"));
    }

    @Test
    void shouldTakeNoHiddenTemporaryOrBinaryFileForAConfiguration() throws Exception {
        String name = LiveConfiguration.PID + ".cfg";
        for (String before : List.of("~", ".", "#", "~$")) {
            drop(before + name, "log-level = DEBUG\n".getBytes());
        }
        drop(LiveConfiguration.PID + ".tmp.cfg", "log-level = DEBUG\n".getBytes());
        drop("org.example~.cfg", "a = 1\n".getBytes());
        drop(name, new byte[] {'a', '=', (byte) 0xC3, '\n'});

        assertThat(await(name, true).remark())
                .isEqualTo("file=" + name + " is no text in UTF-8: write it as lines of text.");
        assertThat(await("org.example~.cfg", true).remark())
                .isEqualTo("file=org.example~.cfg names no configuration: PID.cfg and FACTORY~NAME.cfg do.");
        drop(name, new byte[] {'a', '=', 0, '\n'});
        drop("last.cfg", "a = 1\n".getBytes());
        await("last.cfg", true); // no Config Admin is here
        assertThat(folder.list()).extracting(Deployment::name).containsExactly("last.cfg", "org.example~.cfg", name);
        assertThat(edits).isEmpty();
    }

    @Test
    void shouldSayOfAFileThatADefectKeptItFromBeingTaken() throws Exception {
        String name = LiveConfiguration.PID + ".cfg";
        drop(name, "log-level = DEFECT\n".getBytes());

        assertThat(await(name, true).remark())
                .isEqualTo("a defect came up: java.lang.IllegalStateException: no such luck; the log has its trace.");
        assertThat(edits).isEmpty();
        drop(name, "log-level = WARN\n".getBytes());
        await(name, false);
    }

    @Test
    void shouldFindWhatIsDeployedAgainWhenItsBundleStarts() throws Exception {
        drop("one.jar", Jars.bundle("one", "1.0.0", Map.of()));
        await("one.jar", false);
        Bundle one = Arrays.stream(felix.context().getBundles())
                .filter(bundle -> "one".equals(bundle.getSymbolicName()))
                .findFirst()
                .orElseThrow();
        Bundle deploy = felix.bundle("org.thornback.deploy");

        deploy.stop();
        deploy.start();

        folder = felix.service(DeployFolder.class);
        await("one.jar", false);
        assertThat(one.getState()).as("the same one").isEqualTo(Bundle.ACTIVE);
        assertThat(versions("one")).containsExactly("1.0.0");
    }

    private void restartDeployAfter(Callable<?> change) throws Exception {
        Bundle deploy = felix.bundle("org.thornback.deploy");
        deploy.stop();
        change.call();
        deploy.start();
        folder = felix.service(DeployFolder.class);
    }

    @Test
    void shouldLetGoOfWhatWasTakenAwayWhileItsBundleWasStopped() throws Exception {
        felix.context().registerService(Keeper.class, new FakeKeeper(), null);
        String options = LiveConfiguration.PID + ".cfg";
        Files.createDirectories(home.resolve("bundles"));
        Files.write(home.resolve("bundles/two.jar"), Jars.bundle("two", "1.0.0", Map.of()));
        drop("one.jar", Jars.bundle("one", "1.0.0", Map.of()));
        drop("code.jar", Jars.plain("code"));
        drop(options, "log-level = WARN\n".getBytes());
        drop("two.feature", "bundle 1 bundles/two.jar\n".getBytes());
        drop("kept.jar", Jars.bundle("kept", "1.0.0", Map.of()));
        List<String> names = List.of("one.jar", "code.jar", options, "two.feature");
        for (String name : names) {
            await(name, false);
        }
        await("kept.jar", false);

        restartDeployAfter(() -> {
            for (String name : names) {
                Files.delete(directory.resolve(name));
            }
            return null;
        });

        for (String name : names) {
            awaitGone(name);
        }
        assertThat(versions("one")).isEmpty();
        assertThat(versions("two")).isEmpty();
        assertThat(edits).isEmpty();
        assertThat(versions("kept")).containsExactly("1.0.0");
        assertThat(folder.list()).extracting(Deployment::name).containsExactly("kept.jar");
    }

    private static void jarOfFeatures(String name, Map<String, String> headers) throws IOException {
        Files.createDirectories(home.resolve("bundles"));
        Files.write(home.resolve("bundles/" + name + ".jar"), Jars.bundle(name, "1.0.0", headers));
    }

    @Test
    void shouldChangeADeployedFeatureAndRemoveItWhateverStateItIsIn() throws Exception {
        jarOfFeatures("left", Map.of());
        jarOfFeatures("right", Map.of());
        jarOfFeatures("stuck", Map.of("Import-Package", "not.here"));
        drop("pair.feature", "bundle 1 bundles/left.jar\nbundle 1 bundles/stuck.jar\n".getBytes());
        assertThat(await("pair.feature", true).remark()).contains("bundle=stuck does not resolve");
        assertThat(versions("left")).as("nothing is left of it").isEmpty();

        drop("pair.feature", "bundle 1 bundles/left.jar\nbundle 1 bundles/right.jar\n".getBytes());
        await("pair.feature", false);
        drop("pair.feature", "bundle 1 bundles/right.jar\n".getBytes());

        Await.await(() -> versions("left").isEmpty(), () -> "what the feature has no more runs");
        assertThat(versions("right")).containsExactly("1.0.0");
        drop("pair.feature", "bundle 1 bundles/right.jar\nbundle 1 bundles/stuck.jar\n".getBytes());
        assertThat(await("pair.feature", true).remark()).contains("bundle=stuck does not resolve");
        assertThat(versions("right")).as("what was there goes on").containsExactly("1.0.0");
        felix.bundle("right").uninstall();
        Files.delete(directory.resolve("pair.feature"));
        awaitGone("pair.feature");

        drop("pair.feature", "about Nothing in it.\n".getBytes());
        await("pair.feature", false);
        Files.delete(directory.resolve("pair.feature"));
        awaitGone("pair.feature");
        assertThat(felix.service(FeatureSets.class).list())
                .extracting(FeatureSets.Entry::name)
                .doesNotContain("pair");
    }

    @Test
    void shouldLetAFeatureGoOnceNobodyNeedsItAnyMore() throws Exception {
        jarOfFeatures("left", Map.of("Export-Package", "left.here"));
        drop("left.feature", "bundle 1 bundles/left.jar\n".getBytes());
        await("left.feature", false);
        drop("user.jar", Jars.bundle("user", "1.0.0", Map.of("Import-Package", "left.here")));
        await("user.jar", false);

        Files.delete(directory.resolve("left.feature"));

        assertThat(await("left.feature", true).remark())
                .isEqualTo("feature=left cannot be uninstalled: bundle=user uses it; remove that first.");
        Files.delete(directory.resolve("user.jar"));
        awaitGone("user.jar");
        awaitGone("left.feature");
        assertThat(versions("left")).isEmpty();
    }

    @Test
    void shouldInstallFeaturesBesideOneThatCannotBeUnderstoodAndNameThat() throws Exception {
        jarOfFeatures("left", Map.of());
        Files.writeString(home.resolve("features/fine.feature"), "bundle 1 bundles/left.jar\n");
        Files.writeString(home.resolve("features/torn.feature"), "bundle soon bundles/left.jar\n");
        Path binary = Files.write(home.resolve("features/binary.feature"), new byte[] {(byte) 0xC0, 0, 1});
        FeatureSets features = felix.service(FeatureSets.class);

        assertThat(features.install("fine")).containsExactly("left");
        assertThat(features.list())
                .filteredOn(one -> one.name().equals("torn"))
                .extracting(FeatureSets.Entry::about)
                .containsExactly("line=\"bundle soon bundles/left.jar\" of feature torn cannot be understood; lines"
                        + " are `needs FEATURE` and `bundle LEVEL PATH`.");
        assertThatThrownBy(() -> features.install("torn")).hasMessageContaining("line=\"bundle soon");
        assertThatThrownBy(() -> features.install("binary"))
                .hasMessageStartingWith("file=" + binary + " cannot be read");
        assertThat(features.uninstall("fine")).containsExactly("left");
    }

    @Test
    void shouldNotTakeAFeatureForOneOfTheDistribution() throws Exception {
        jarOfFeatures("left", Map.of());
        Files.writeString(home.resolve("features/given.feature"), "bundle 1 bundles/left.jar\n");

        drop("given.feature", "about Mine.\n".getBytes());

        assertThat(await("given.feature", true).remark())
                .isEqualTo("feature=given is one of the distribution: give the file another name.");
    }

    @Test
    void shouldInstallAFeatureAsAWholeOrNotAtAllAndRemoveItInReverse() throws Exception {
        Files.createDirectories(home.resolve("bundles"));
        Files.write(
                home.resolve("bundles/words.jar"),
                Jars.bundle("words", "1.0.0", Map.of("Export-Package", "words.here")));
        Files.write(
                home.resolve("bundles/user.jar"), Jars.bundle("user", "1.0.0", Map.of("Import-Package", "words.here")));
        Files.write(
                home.resolve("bundles/lost.jar"), Jars.bundle("lost", "1.0.0", Map.of("Import-Package", "not.here")));
        Files.writeString(home.resolve("features/words.feature"), "about Words.\nbundle 1 bundles/words.jar\n");
        Files.writeString(home.resolve("features/use.feature"), "needs words\nbundle 2 bundles/user.jar\n");
        Files.writeString(home.resolve("features/lost.feature"), "needs words\nbundle 2 bundles/lost.jar\n");
        FeatureSets features = felix.service(FeatureSets.class);

        assertThatThrownBy(() -> features.install("lost"))
                .hasMessageContaining("bundle=lost does not resolve: it imports package not.here");
        assertThat(versions("words")).as("nothing is left of it").isEmpty();
        assertThat(features.install("use")).containsExactly("words", "user");
        assertThat(features.list())
                .filteredOn(FeatureSets.Entry::installed)
                .extracting(FeatureSets.Entry::name)
                .containsExactly("use", "words");
        assertThatThrownBy(() -> features.uninstall("words")).hasMessageContaining("is needed by feature=use");
        assertThatThrownBy(() -> features.install("wrods")).hasMessageContaining("feature=wrods is unknown; there are");
        assertThat(features.uninstall("use")).containsExactly("user");
        assertThat(features.uninstall("words")).containsExactly("words");
        assertThat(versions("words")).isEmpty();
    }
}
