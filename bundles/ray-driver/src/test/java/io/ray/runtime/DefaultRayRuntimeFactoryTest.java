// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package io.ray.runtime;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DefaultRayRuntimeFactoryTest {

    @ParameterizedTest
    @CsvSource({"1.8, 8", "11, 11", "24, 24"})
    void shouldSayWhichJavaIsTooOld(String version, String number) {
        assertThatThrownBy(() -> DefaultRayRuntimeFactory.checkJava(version, "/opt/old"))
                .hasMessageContaining("needs Java 25")
                .hasMessageContaining("runs on Java " + number + " (java.home=/opt/old)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"25", "26", "30"})
    void shouldTakeAJavaThatIsNewEnough(String version) {
        assertThatCode(() -> DefaultRayRuntimeFactory.checkJava(version, "/opt/new"))
                .doesNotThrowAnyException();
    }

    @Test
    void shouldSayWhereItLookedWhenThereIsNoDistribution() {
        assertThatThrownBy(() -> new DefaultRayRuntimeFactory().createRayRuntime())
                .hasMessageContaining("no Thornback distribution found")
                .hasMessageContaining("ray classpath")
                .hasMessageContaining("THORNBACK_HOME");
    }
}
