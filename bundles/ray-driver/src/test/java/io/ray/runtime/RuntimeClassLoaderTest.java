// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package io.ray.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ray.api.Ray;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuntimeClassLoaderTest {
    private static final String OWN = "org/assertj/core/data/Percentage.class";

    @TempDir
    private Path home;

    private RuntimeClassLoader loader;

    @BeforeEach
    void jar() throws IOException {
        Path runtime = Files.createDirectories(home.resolve("driver/runtime"));
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(runtime.resolve("library.jar")));
                InputStream in = Percentage.class.getClassLoader().getResourceAsStream(OWN)) {
            out.putNextEntry(new JarEntry(OWN));
            in.transferTo(out);
            out.closeEntry();
        }
        loader = RuntimeClassLoader.of(home.toFile(), getClass().getClassLoader());
    }

    @Test
    void shouldShareRaysApiWithTheProgram() throws ClassNotFoundException {
        assertThat(loader.loadClass("io.ray.api.Ray")).isSameAs(Ray.class);
    }

    @Test
    void shouldLoadItsOwnLibrariesApartFromTheProgram() throws ClassNotFoundException {
        Class<?> own = Class.forName("org.assertj.core.data.Percentage", false, loader);

        assertThat(own.getClassLoader()).isSameAs(loader);
        assertThat(own).isNotSameAs(Percentage.class);
    }

    @Test
    void shouldNotSeeTheProgramsClasses() {
        assertThatThrownBy(() -> loader.loadClass("org.junit.jupiter.api.Test"))
                .isInstanceOf(ClassNotFoundException.class);
        assertThat(loader.getResource("org/junit/jupiter/api/Test.class")).isNull();
    }

    @Test
    void shouldSeeTheWholeJdk() throws ClassNotFoundException {
        assertThat(loader.loadClass("java.sql.Connection")).isSameAs(java.sql.Connection.class);
    }

    @Test
    void shouldRecogniseADistribution() {
        assertThat(HomeFinder.isHome(home.toFile())).isTrue();
        assertThat(HomeFinder.isHome(home.resolve("driver").toFile())).isFalse();
    }
}
