// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartWordsTest {

    @Test
    void shouldUnderstandEveryWayToGiveAValue() {
        assertThat(StartWords.read(List.of("--head", "--num-cpus=3", "--temp-dir", "/tmp/x", "--resources={\"a\": 1}")))
                .contains(Map.of("head", "true", "num-cpus", "3", "temp-dir", "/tmp/x", "resources", "{\"a\": 1}"));
    }

    @Test
    void shouldTakeTheLastValueWhenGivenTwice() {
        assertThat(StartWords.read(List.of("--num-cpus=3", "--num-cpus", "4"))).contains(Map.of("num-cpus", "4"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--hed", "--help", "-h", "head", "--num-cpus", "--head=true", "--=x"})
    void shouldLeaveToTheLibraryWhatIsUnusual(String word) {
        assertThat(StartWords.read(List.of(word))).isEmpty();
    }

    @Test
    void shouldTakeAnOptionalValueOnlyWhenItIsGluedOn() {
        assertThat(StartWords.read(List.of("--huge-pages", "--head")))
                .contains(Map.of("huge-pages", "true", "head", "true"));
        assertThat(StartWords.read(List.of("--huge-pages=prefer"))).contains(Map.of("huge-pages", "prefer"));
    }

    @Test
    void shouldAgreeWithTheLibraryOnEveryFlag() {
        for (StartFlag flag : StartFlag.ALL) {
            String word = flag.isSwitch() ? "--" + flag.key() : "--" + flag.key() + "=7";

            assertThat(StartWords.read(List.of(word))).contains(Map.of(flag.key(), flag.isSwitch() ? "true" : "7"));
        }
    }
}
