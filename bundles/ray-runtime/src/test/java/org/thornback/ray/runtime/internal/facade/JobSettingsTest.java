// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.facade;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class JobSettingsTest {

    private static JobSettings withPath(String path) {
        Properties properties = new Properties();
        properties.setProperty("java.class.path", "own.jar");
        properties.setProperty("ray.job.code-search-path", path);
        return JobSettings.of(properties);
    }

    @Test
    void shouldKeepTheNamesOfDeployedJarsAmongPathsThatAreMadeWhole() {
        String here = Path.of("").toAbsolutePath().toString();

        assertThat(withPath("").codeSearchPath()).containsExactly(here + "/own.jar");
        assertThat(withPath("deploy:words-1:classes:/a/b.jar:deploy:verbs").codeSearchPath())
                .containsExactly("deploy:words-1", here + "/classes", "/a/b.jar", "deploy:verbs");
        assertThat(withPath("./deploy:deploy").codeSearchPath())
                .as("directories of that name")
                .containsExactly(here + "/deploy", here + "/deploy");
    }
}
