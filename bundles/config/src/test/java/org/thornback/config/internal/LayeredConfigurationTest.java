// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.config.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thornback.api.config.Explanation;
import org.thornback.api.config.Option;
import org.thornback.api.config.OptionCatalogue;

class LayeredConfigurationTest {
    @TempDir
    Path home;

    private final Map<String, String> environment = new HashMap<>();
    private final Properties properties = new Properties();
    private final Map<String, String> commandLine = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    private LayeredConfiguration read() {
        problems.clear();
        return new LayeredConfiguration(Layers.read(home, environment, properties, commandLine, problems), problems);
    }

    private void file(String text) throws IOException {
        Files.writeString(Files.createDirectories(home.resolve("etc")).resolve("ray.conf"), text);
    }

    private String source(Option<?> option) {
        LayeredConfiguration configuration = read();
        assertThat(problems).isEmpty();
        return configuration.find(option).orElseThrow() + " by "
                + configuration.explain(option).source();
    }

    @Test
    void shouldLetEachLaterSourceWinAndSayWhichOneDid() throws IOException {
        Option<Integer> option = OptionCatalogue.NUM_REDIS_SHARDS;
        assertThat(source(option)).isEqualTo("1 by default");
        file("ray.num-redis-shards = 2");
        assertThat(source(option)).isEqualTo("2 by file " + home.resolve("etc/ray.conf"));
        environment.put("RAY_NUM_REDIS_SHARDS", "3");
        assertThat(source(option)).isEqualTo("3 by environment RAY_NUM_REDIS_SHARDS");
        properties.setProperty("ray.num-redis-shards", "4");
        assertThat(source(option)).isEqualTo("4 by system property ray.num-redis-shards");
        commandLine.put("num-redis-shards", "5");
        assertThat(source(option)).isEqualTo("5 by command line");
    }

    private Path list(String name, String text) throws IOException {
        return Files.writeString(Files.createDirectories(home.resolve("etc")).resolve(name), text);
    }

    @Test
    void shouldReadFilesOfLinesAfterTheOtherOneInTheOrderOfTheirNames() throws IOException {
        Option<Integer> option = OptionCatalogue.NUM_REDIS_SHARDS;
        file("num-redis-shards = 2");
        Path last = list("20-more.cfg", "# Ours.\nray.num-redis-shards = 4\nlog-level: DEBUG\n");
        list("10-some.cfg", "num-redis-shards = 3\nnum-cpus = 7\n");
        list("~20-more.cfg", "num-redis-shards = 9\n");
        list(".99.cfg", "num-redis-shards = 9\n");

        assertThat(source(option)).isEqualTo("4 by file " + last);
        assertThat(read().find(OptionCatalogue.NUM_CPUS)).hasValue(7);
        assertThat(read().find(OptionCatalogue.LOG_LEVEL)).hasValue("DEBUG");
        environment.put("RAY_NUM_REDIS_SHARDS", "5");
        assertThat(source(option)).isEqualTo("5 by environment RAY_NUM_REDIS_SHARDS");
    }

    @Test
    void shouldSayWhatIsWrongWithAFileOfLines() throws IOException {
        Path unknown = list("a.cfg", "num-gpu = 1\n");
        Path binary = Files.write(home.resolve("etc/b.cfg"), new byte[] {'a', '=', (byte) 0xC3, '\n'});

        read();

        assertThat(problems)
                .hasSize(2)
                .contains("option=ray.num-gpu (file " + unknown + ") is unknown; did you mean ray.num-gpus?")
                .anyMatch(sentence -> sentence.startsWith("file=" + binary + " has no lines NAME = VALUE in UTF-8: "));
    }

    @Test
    void shouldLeaveWhatNobodySaidToDetection() {
        LayeredConfiguration configuration = read();

        assertThat(configuration.find(OptionCatalogue.NUM_CPUS)).isEmpty();
        assertThat(configuration.explain(OptionCatalogue.NUM_CPUS))
                .isEqualTo(new Explanation(OptionCatalogue.NUM_CPUS, "", "detected"));
        assertThatThrownBy(() -> configuration.value(OptionCatalogue.NUM_CPUS)).hasMessageContaining("option=num-cpus");
        assertThat(configuration.explainAll())
                .extracting(Explanation::option)
                .isEqualTo(new ArrayList<Object>(OptionCatalogue.ALL));
    }

    @Test
    void shouldTellEveryProblemAtOnceWithItsSource() throws IOException {
        file("ray.memory = lots");
        environment.put("RAY_NUM_GPUS", "-1");
        properties.setProperty("ray.num-redis-shards", "65");
        commandLine.put("port", "65536");
        commandLine.put("resources", "{\"CPU\": 1, \"Own\": 0.5}");

        read();

        assertThat(problems).hasSize(6);
        assertThat(problems)
                .anySatisfy(sentence -> assertThat(sentence)
                        .startsWith("memory=lots (file " + home)
                        .contains("is not a whole number of bytes from 0 to"));
        assertThat(problems)
                .anySatisfy(sentence -> assertThat(sentence).startsWith("num-gpus=-1 (environment RAY_NUM_GPUS)"));
        assertThat(problems)
                .contains("num-redis-shards=65 (system property ray.num-redis-shards) is not a whole number from 1 to"
                        + " 64.");
        assertThat(problems).contains("port=65536 (command line) is not a whole number from 0 to 65535.");
        assertThat(problems).anySatisfy(sentence -> assertThat(sentence).contains("use `--num-cpus` instead"));
        assertThat(problems)
                .anySatisfy(sentence -> assertThat(sentence).contains("Own=0.5").contains("whole numbers"));
    }

    @Test
    void shouldRefuseAWordThatIsNotAmongThoseAllowed() {
        properties.setProperty("ray.logging.level", "LOUD");
        commandLine.put("huge-pages", "maybe");

        read();

        assertThat(problems)
                .containsExactlyInAnyOrder(
                        "log-level=LOUD (system property ray.logging.level) is not one of TRACE, DEBUG, INFO, WARN,"
                                + " ERROR.",
                        "huge-pages=maybe (command line) is not one of true, false, prefer.");
        properties.setProperty("ray.logging.level", "debug");
        commandLine.clear();
        assertThat(read().value(OptionCatalogue.LOG_LEVEL)).isEqualTo("DEBUG");
        assertThat(problems).isEmpty();
    }

    @Test
    void shouldRefuseHugePagesWithoutADirectoryOrBesideAnotherBackend() {
        commandLine.put("huge-pages", "true");
        read();
        assertThat(problems)
                .singleElement()
                .asString()
                .startsWith("huge-pages=true (command line) needs the directory of a hugetlbfs")
                .contains("--plasma-directory=/mnt/hugepages");
        properties.setProperty("ray.plasma-directory", "/mnt/hugepages");
        assertThat(read().value(OptionCatalogue.HUGE_PAGES)).isEqualTo("true");
        assertThat(problems).isEmpty();
        commandLine.put("plasma-backend", "file");
        read();
        assertThat(problems)
                .containsExactly(
                        "huge-pages=true (command line) and plasma-backend=file exclude each other: leave one of"
                                + " them out.");
        commandLine.put("huge-pages", "false");
        read();
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "[1]",
                "1",
                "null",
                "{\"a\": 1} trailing",
                "{a: 1}",
                "{'a': 1}",
                "{\"a\": 1",
                "{\"a\": NaN}"
            })
    void shouldRefuseResourcesThatAreNoJsonObject(String text) {
        commandLine.put("resources", text);

        read();

        assertThat(problems)
                .singleElement()
                .asString()
                .startsWith("`--resources=" + text + "` (command line) is not a valid JSON string")
                .contains("{\"CustomResource3\": 1");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "'{\"x\": -1}', nonnegative",
                "'{\"x\": 1.5}', whole numbers",
                "'{\"x\": \"1\"}', is not a number",
                "'{\"x\": null}', is not a number",
                "'{\"x\": 1e15}', at most",
                "'{\"GPU\": 1}', --num-gpus",
                "'{\"memory\": 1}', --memory",
                "'{\"object_store_memory\": 1}', --object-store-memory",
                "'{\"node:1.2.3.4\": 1}', reserved for nodes",
                "'{\" \": 1}', reserved for nodes"
            })
    void shouldRefuseResourcesNoNodeCanHave(String text, String reason) {
        commandLine.put("resources", text);

        read();

        assertThat(problems).singleElement().asString().contains(reason);
    }

    @Test
    void shouldTakeResourcesAsWritten() {
        commandLine.put("resources", "{ \"TPU-v4\" : 4, \"größe\": 2.0 }");

        String value = read().value(OptionCatalogue.RESOURCES);

        assertThat(problems).isEmpty();
        assertThat(value).isEqualTo("{\"TPU-v4\":4,\"größe\":2.0}");
    }

    @Test
    void shouldNeverShowASecret() {
        environment.put("RAY_REDIS_PASSWORD", "open-sesame");
        LayeredConfiguration configuration = read();

        assertThat(configuration.value(OptionCatalogue.REDIS_PASSWORD).reveal()).isEqualTo("open-sesame");
        assertThat(configuration.explain(OptionCatalogue.REDIS_PASSWORD).value())
                .isEqualTo("****");
        assertThat(configuration.explainAll().toString()).doesNotContain("open-sesame");
        environment.put("RAY_REDIS_PASSWORD", "open sesame");
        read();
        assertThat(problems).singleElement().asString().contains("spaces").doesNotContain("sesame");
        environment.put("RAY_REDIS_PASSWORD", "");
        read();
        assertThat(problems).hasSize(1);
    }

    @Test
    void shouldReadNestedNamesOfAFileAndRefuseWhatIsNoHocon() throws IOException {
        file("ray { num-cpus = 3, redis { password = fromfile } }\nnum-gpus = ${ray.num-cpus}");
        LayeredConfiguration configuration = read();
        assertThat(problems).isEmpty();
        assertThat(configuration.value(OptionCatalogue.NUM_CPUS)).isEqualTo(3);
        assertThat(configuration.value(OptionCatalogue.NUM_GPUS)).isEqualTo(3);
        assertThat(configuration.value(OptionCatalogue.REDIS_PASSWORD).reveal()).isEqualTo("fromfile");

        file("ray { num-cpus = ");
        read();
        assertThat(problems)
                .singleElement()
                .asString()
                .startsWith("file=" + home)
                .contains("is not valid HOCON");
    }

    @Test
    void shouldSayThatAnOptionOfTheFileIsMistyped() throws IOException {
        file("ray.num-cpu = 3");

        read();

        assertThat(problems)
                .containsExactly("option=ray.num-cpu (file " + home.resolve("etc/ray.conf")
                        + ") is unknown; did you mean ray.num-cpus?");
    }

    @Test
    void shouldHaveDefaultsThatAreValidThemselves() {
        LayeredConfiguration configuration = read();

        assertThat(problems).isEmpty();
        for (Option<?> option : OptionCatalogue.ALL) {
            assertThat(configuration.find(option).isPresent())
                    .as(option.name())
                    .isEqualTo(option.defaultValue().isPresent());
        }
    }
}
