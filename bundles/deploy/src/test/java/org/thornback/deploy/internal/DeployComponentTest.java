// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.deploy.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.thornback.api.config.LiveConfiguration;
import org.thornback.api.deploy.DeployFolder;
import org.thornback.api.deploy.DeployedCode;
import org.thornback.api.deploy.Deployment;
import org.thornback.api.deploy.Deployment.Kind;
import org.thornback.api.health.NodeParts;
import org.thornback.api.keeper.Keeper;
import org.thornback.testkit.Await;
import org.thornback.testkit.FakeKeeper;

class DeployComponentTest extends DeployFelix {
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

    private void restartDeployAfter(Callable<?> change) throws Exception {
        Bundle deploy = felix.bundle("org.thornback.deploy");
        deploy.stop();
        change.call();
        deploy.start();
        folder = felix.service(DeployFolder.class);
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
                .isEqualTo("a defect came up: java.lang.AssertionError: no such luck; the log has its trace.");
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
}
