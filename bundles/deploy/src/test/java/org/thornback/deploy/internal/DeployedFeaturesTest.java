// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.deploy.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.thornback.api.deploy.FeatureSets;
import org.thornback.testkit.Await;

/** Features of the distribution, and those whose files are dropped. */
class DeployedFeaturesTest extends DeployFelix {
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
