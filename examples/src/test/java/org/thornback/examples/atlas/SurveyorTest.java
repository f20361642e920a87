// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.examples.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.thornback.examples.atlas.Survey.Dependency;
import org.thornback.examples.atlas.Survey.LargeClass;

class SurveyorTest {
    @Test
    void shouldTellPackagesAndCallsOfAClassWhenItIsInThePack() throws Exception {
        byte[] pack = new ClassPack(
                        List.of(jdkClass("java.base/java/util/ArrayList"), jdkClass("java.base/java/util/Objects")))
                .bytes();

        Survey survey = Surveyor.survey(pack);

        assertThat(survey.pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(survey.classes()).isEqualTo(2);
        assertThat(survey.bytes()).isEqualTo(pack.length - 2 * Integer.BYTES);
        assertThat(survey.dependencies())
                .containsEntry(new Dependency("java.util", "java.lang"), 2)
                .doesNotContainKey(new Dependency("java.util", "java.util"));
        assertThat(survey.calls()).containsKey("java.util.Arrays.copyOf");
        assertThat(survey.largest().getFirst().name()).isEqualTo("java.util.ArrayList");
    }

    @Test
    void shouldHoldEveryClassOnceWhenTheJdkIsPacked() throws Exception {
        List<ClassPack> packs = ClassPack.ofRunningJdk();

        assertThat(packs).hasSizeBetween(200, 600);
        assertThat(packs.stream().mapToInt(pack -> pack.classFiles().size()).sum())
                .isGreaterThan(20_000);
        assertThat(packs.stream().flatMap(pack -> pack.classFiles().stream())).doesNotHaveDuplicates();
        assertThat(packs.getFirst().bytes().length).isGreaterThan(100 * 1024);
    }

    @Test
    void shouldAddUpWhenTheAtlasGathersSurveys() {
        var atlas = new Atlas();
        var needsLang = new Dependency("a", "java.lang");
        atlas.add(new Survey(7, 2, 100, Map.of(needsLang, 2), Map.of("x.y", 3), List.of(new LargeClass("a.B", 60))));
        atlas.add(new Survey(
                8, 1, 50, Map.of(needsLang, 1, new Dependency("b", "java.lang"), 1), new HashMap<>(), List.of()));
        atlas.add(new Survey(7, 1, 10, Map.of(), Map.of("x.y", 1), List.of(new LargeClass("c.D", 61))));

        AtlasPage page = atlas.page();

        assertThat(page.classes()).isEqualTo(4);
        assertThat(page.tasks()).isEqualTo(3);
        assertThat(page.shares()).containsEntry(7L, new Share(2, 3, 110)).containsEntry(8L, new Share(1, 1, 50));
        assertThat(page.dependencies().getFirst()).isEqualTo(new Count("a -> java.lang", 3));
        assertThat(page.usedPackages()).containsExactly(new Count("java.lang", 2));
        assertThat(page.calledMethods()).containsExactly(new Count("x.y", 4));
        assertThat(page.largest()).containsExactly(new LargeClass("c.D", 61), new LargeClass("a.B", 60));
        assertThat(page.text()).contains("a -> java.lang").contains("x.y").contains("c.D");
    }

    private static Path jdkClass(String name) throws IOException {
        Path file = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules/" + name + ".class");
        assertThat(Files.exists(file)).isTrue();
        return file;
    }
}
