// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thornback.distribution.FeatureLine.Coordinates;

class FeatureTest {
    @TempDir
    Path directory;

    @Test
    void shouldReadABundleWithItsLevel() {
        assertThat(Feature.parse("bundle 12 g:a")).isEqualTo(new FeatureLine.Bundle(12, new Coordinates("g", "a")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bundel 2 g:a | unknown word=bundel",
                "bundle 0 g:a | level=0",
                "bundle two g:a | level=two",
                "bundle 2 | words=1",
                "bundle 2 g:a:1.0 | coordinates=g:a:1.0",
                "library a | coordinates=a"
            })
    void shouldSayWhatIsWrongWithALine(String line, String expected) {
        assertThatThrownBy(() -> Feature.parse(line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(expected)
                .hasMessageContaining("expected");
    }

    @Test
    void shouldNameFileAndLineOfAMistake() throws IOException {
        Files.writeString(directory.resolve("base.feature"), "about base\n\nnonsense\n");

        assertThatThrownBy(() -> Feature.readAll(directory)).hasMessageContaining("base.feature:3:");
    }

    @Test
    void shouldFailWhenAFeatureNeedsAnUnknownOne() throws IOException {
        Files.writeString(directory.resolve("base.feature"), "needs nothing\n");

        assertThatThrownBy(() -> Feature.readAll(directory)).hasMessageContaining("feature=base needs=nothing");
    }

    @Test
    void shouldFailWhenFeaturesNeedEachOther() throws IOException {
        Files.writeString(directory.resolve("a.feature"), "needs b\n");
        Files.writeString(directory.resolve("b.feature"), "needs a\n");
        var features = Feature.readAll(directory);

        assertThatThrownBy(() -> features.get("a").closure(features)).hasMessageContaining("in a circle");
    }

    @Test
    void shouldListWhatIsNeededFirst() throws IOException {
        Files.writeString(directory.resolve("a.feature"), "needs b\nneeds c\n");
        Files.writeString(directory.resolve("b.feature"), "needs c\n");
        Files.writeString(directory.resolve("c.feature"), "about c\n");
        var features = Feature.readAll(directory);

        assertThat(features.get("a").closure(features))
                .extracting(Feature::name)
                .containsExactly("c", "b", "a");
    }
}
