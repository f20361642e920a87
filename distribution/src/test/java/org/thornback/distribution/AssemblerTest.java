// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssemblerTest {
    @TempDir
    Path directory;

    private Path features;
    private Path warehouse;
    private Path output;

    @BeforeEach
    void directories() throws IOException {
        features = Files.createDirectory(directory.resolve("features"));
        warehouse = Files.createDirectory(directory.resolve("warehouse"));
        output = directory.resolve("output");
    }

    @Test
    void shouldPutWhatFeaturesNameAndWriteTheirLists() throws IOException {
        bundle("a.door", "Export-Package", "a.door;version=\"1.2\"");
        bundle("a.user", "Import-Package", "a.door;version=\"[1,2)\"");
        feature("base", "about the base", "bundle 2 a:door");
        feature("more", "needs base", "bundle 3 a:user");

        assemble();

        assertThat(output.resolve("bundles/door-1.0.jar")).hasSameBinaryContentAs(warehouse.resolve("a.door-1.0.jar"));
        assertThat(output.resolve("features/base.feature"))
                .hasContent("about the base\nbundle 2 bundles/door-1.0.jar\n");
        assertThat(output.resolve("features/more.feature")).hasContent("needs base\nbundle 3 bundles/user-1.0.jar\n");
    }

    @Test
    void shouldFailWhenAFeatureNamesAnUnknownArtifact() throws IOException {
        feature("base", "bundle 2 a:door");

        assertThatThrownBy(this::assemble)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("artifact=a:door")
                .hasMessageContaining("add it there");
    }

    @Test
    void shouldFailWhenNoFeatureNamesADependency() throws IOException {
        bundle("a.door");
        feature("base", "about nothing");

        assertThatThrownBy(this::assemble)
                .hasMessageContaining("no feature names")
                .hasMessageContaining("a.door-1.0.jar");
    }

    @Test
    void shouldFailWhenABundleDoesNotResolve() throws IOException {
        bundle("a.user", "Import-Package", "a.door");
        feature("base", "bundle 2 a:user");

        assertThatThrownBy(this::assemble)
                .hasMessageContaining("a.user does not resolve")
                .hasMessageContaining("a.door");
    }

    @Test
    void shouldFailWhenAFeatureResolvesOnlyByWhatItDoesNotNeed() throws IOException {
        bundle("a.door", "Export-Package", "a.door");
        bundle("a.user", "Import-Package", "a.door");
        feature("base", "bundle 2 a:door");
        feature("more", "bundle 3 a:user");

        assertThatThrownBy(this::assemble).hasMessageContaining("feature=more with only what it needs");
    }

    @Test
    void shouldResolveAgainstPackagesThatALibraryExports() throws IOException {
        bundle("a.door", "Export-Package", "a.door;version=\"1.2\";uses:=\"x,y\",a.window");
        bundle("a.user", "Import-Package", "a.door;version=\"[1,2)\",a.window");
        feature("base", "exported a:door", "bundle 3 a:user");

        assemble();

        assertThat(output.resolve("lib/door-1.0.jar")).exists();
    }

    @Test
    void shouldCopyFilesOfAFeatureAndKeepWhatIsExecutable() throws IOException {
        Path script = Files.createDirectories(features.resolve("base/bin")).resolve("run");
        Files.writeString(script, "#!/bin/sh\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        Files.writeString(features.resolve("base/readme"), "text");
        feature("base", "about files");

        assemble();

        assertThat(output.resolve("bin/run")).isExecutable();
        assertThat(Files.isExecutable(output.resolve("readme"))).isFalse();
    }

    @Test
    void shouldTakeOneFileOutOfAJar() throws IOException {
        bundle("a.door");
        feature("base", "program a:door inside.txt tools/inside");

        assemble();

        assertThat(output.resolve("tools/inside")).hasContent("inside").isExecutable();
    }

    @Test
    void shouldLeaveUnchangedFilesAloneAndRemoveWhatIsGone() throws IOException {
        bundle("a.door");
        feature("base", "jar a:door shelf");
        assemble();
        FileTime then = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(output.resolve("shelf/door-1.0.jar"), then);
        Files.createDirectories(output.resolve("old"));
        Files.writeString(output.resolve("old/file"), "old");

        assemble();

        assertThat(Files.getLastModifiedTime(output.resolve("shelf/door-1.0.jar")))
                .isEqualTo(then);
        assertThat(output.resolve("old")).doesNotExist();
    }

    @Test
    void shouldChangeTheBuildIdWithAnyFile() throws IOException {
        feature("base", "about one");
        assemble();
        String before = Files.readString(output.resolve("lib/build.id"));
        feature("base", "about two");

        assemble();

        assertThat(output.resolve("lib/build.id")).content().isNotEqualTo(before);
    }

    private void assemble() throws IOException {
        new Assembler(features, warehouse, output).assemble(directory.resolve("storage"));
    }

    private void feature(String name, String... lines) throws IOException {
        Files.writeString(features.resolve(name + ".feature"), "# comment\n\n" + String.join("\n", lines) + "\n");
    }

    private void bundle(String symbolicName, String... headers) throws IOException {
        var manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        var all = new java.util.HashMap<>(Map.of("Bundle-ManifestVersion", "2", "Bundle-SymbolicName", symbolicName));
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        all.forEach(attributes::putValue);
        Path file = warehouse.resolve(symbolicName + "-1.0.jar");
        try (var jar = new JarOutputStream(Files.newOutputStream(file), manifest)) {
            jar.putNextEntry(new ZipEntry("inside.txt"));
            jar.write("inside".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            jar.closeEntry();
        }
    }
}
