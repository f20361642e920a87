// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.apache.felix.framework.Felix;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.util.function.Function;

class ClassPathBundlesTest {
    private static final Path JAR = jarOf(Function.class);

    @TempDir
    Path directory;

    private Framework framework;

    private static Path jarOf(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }

    @BeforeEach
    void start() throws Exception {
        framework = new Felix(
                Map.of(Constants.FRAMEWORK_STORAGE, directory.resolve("storage").toString()),
                new ClassPathBundles(JAR.toString()));
        framework.start();
    }

    @AfterEach
    void stop() throws Exception {
        framework.stop();
        framework.waitForStop(5_000);
    }

    private Bundle install(Path jar) throws Exception {
        Bundle bundle = framework.getBundleContext().installBundle(ClassPathBundles.location(jar));
        bundle.start();
        return bundle;
    }

    @Test
    void shouldTakeClassesFromTheClassPathAndAllElseFromTheJar() throws Exception {
        Bundle bundle = install(JAR);

        assertThat(bundle.loadClass(Function.class.getName())).isSameAs(Function.class);
        assertThat(bundle.getSymbolicName()).isEqualTo("org.osgi.util.function");
        assertThat(bundle.getHeaders().get(Constants.EXPORT_PACKAGE))
                .contains("org.osgi.util.function")
                .doesNotContain("uses:");
        try (InputStream manifest = bundle.getEntry("META-INF/MANIFEST.MF").openStream()) {
            assertThat(manifest.readAllBytes()).isNotEmpty();
        }
        assertThat(bundle.adapt(BundleWiring.class).listResources("org/osgi/util/function", "*.class", 0))
                .contains("org/osgi/util/function/Function.class");
    }

    @Test
    void shouldGiveNewClassesWhenABundleOfTheClassPathIsUpdated() throws Exception {
        Bundle bundle = install(JAR);
        try (InputStream update = Files.newInputStream(JAR)) {
            bundle.update(update);
        }

        assertThat(bundle.getState()).isEqualTo(Bundle.ACTIVE);
        assertThat(bundle.loadClass(Function.class.getName())).isNotSameAs(Function.class);
    }

    @Test
    void shouldLeaveJarsToTheFrameworkThatAreNotOnTheClassPath() throws Exception {
        Path copy = Files.copy(JAR, directory.resolve("dropped.jar"));

        assertThat(install(copy).loadClass(Function.class.getName())).isNotSameAs(Function.class);
    }

    @Test
    void shouldLeaveAJarToTheFrameworkThatChangedSinceTheProcessBegan() throws Exception {
        Path copy = Files.copy(JAR, directory.resolve("changing.jar"));
        ClassPathBundles bundles = new ClassPathBundles(copy.toString());
        assertThat(bundles.connect(ClassPathBundles.location(copy))).isPresent();

        Files.setLastModifiedTime(copy, FileTime.fromMillis(0));

        assertThat(bundles.connect(ClassPathBundles.location(copy))).isEmpty();
    }
}
