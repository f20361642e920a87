// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeaturesTest {
    @TempDir
    private Path home;

    @BeforeEach
    void directories() throws IOException {
        Files.createDirectories(home.resolve("features"));
    }

    @Test
    void shouldOrderBundlesByLevelThenFeature() throws IOException {
        feature("b", "about Later.\nneeds a\nbundle 1 bundles/b1.jar\nbundle 3 bundles/b3.jar\n");
        feature(
                "a",
                "# comment\n"
                        + "bundle 2 bundles/a2.jar\n"
                        + "exported lib/api.jar\n"
                        + "library lib/other.jar\n"
                        + "bundle 1 bundles/a1.jar");

        Features features = Features.read(new Home(home));

        assertThat(features.bundles())
                .extracting(entry -> home.relativize(entry.jar()).toString())
                .containsExactly("bundles/a1.jar", "bundles/b1.jar", "bundles/a2.jar", "bundles/b3.jar");
        assertThat(features.exported()).containsExactly(home.resolve("lib/api.jar"));
    }

    @Test
    void shouldKnowTheOptionThatBundlesOfAFeatureStartWith() throws IOException {
        feature("a", "bundle 1 bundles/a1.jar\n");
        feature("b", "when include-b\nbundle 20 optional/b1.jar\n");

        assertThat(Features.read(new Home(home)).bundles())
                .extracting(BundleEntry::option)
                .containsExactly(Optional.empty(), Optional.of("include-b"));
    }

    @Test
    void shouldNameTheLineWhenItCannotBeUnderstood() throws IOException {
        feature("a", "bundle first bundles/a1.jar\n");

        assertThatThrownBy(() -> Features.read(new Home(home))).hasMessageContaining("bundle first bundles/a1.jar");
    }

    private void feature(String name, String text) throws IOException {
        Files.writeString(home.resolve("features").resolve(name + ".feature"), text);
    }
}
