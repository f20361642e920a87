// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thornback.itests.process.Playground;
import org.thornback.itests.process.Running;
import org.thornback.itests.programs.Sayer;
import org.thornback.itests.programs.Steady;
import org.thornback.testkit.Await;
import org.thornback.testkit.Distribution;
import org.thornback.testkit.Distribution.Answer;

/** What is dropped into a running node is used, and nobody notices when it comes and goes. One node for all tests. */
class DeployIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    private static Path directory;

    private static Playground playground;
    private static String address;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        playground = new Playground(directory);
        playground.with("RAY_DEPLOY_DIRECTORY", folder().toString());
        address = playground.startHead("--num-cpus=3", "--object-store-memory=180000000");
    }

    @AfterAll
    static void close() {
        playground.close();
    }

    private static Path folder() {
        return directory.resolve("deploy");
    }

    private static String done(String... words) {
        try {
            Answer answer = playground.ray(words);
            assertThat(answer.status())
                    .as(String.join(" ", words) + ": " + answer)
                    .isZero();
            return answer.output();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitSaid(String expected, String... words) {
        Await.await(
                () -> done(words).lines().anyMatch(line -> line.matches(expected)),
                LIMIT,
                () -> "expected " + expected + " in " + done(words));
    }

    private static Path example(String name) throws IOException {
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(
                Distribution.current().home().resolve("examples/bundles"), "*" + name + "*.jar")) {
            return jars.iterator().next();
        }
    }

    @Test
    void shouldUseAPolicyAndABackendFromTheFirstMomentToTheLastWhileProgramsWork() throws Exception {
        Path stop = directory.resolve("stop");
        Running tasks = playground.startProgram(Steady.class, "-Dray.address=" + address, "-Dchurn.stop=" + stop);
        Churning objects = new Churning(playground, directory);
        objects.startJava(address);
        objects.awaitRunning();
        tasks.awaitOutput("running");
        Path policy = example("polite-policy");
        Path backend = example("disk-backend");
        awaitSaid(" *3\\.0/3\\.0 CPU", "status");

        done("deploy", "add", policy.toString());
        Files.copy(backend, folder().resolve("disk.jar"));

        awaitSaid("polite +yes +10 +[1-9]\\d* +0", "policy", "list");
        awaitSaid(" *2\\.0/3\\.0 CPU", "status");
        awaitSaid("disk +yes.*", "store", "list");
        awaitSaid("(?!.*elsewhere)[1-9]\\d* objects, .*", "store", "list");
        assertThat(done("deploy", "list"))
                .containsPattern("disk\\.jar +bundle +live +[0-9a-f]{12}")
                .containsPattern("polite-policy.* bundle +live");

        done("deploy", "remove", policy.getFileName().toString());
        Files.delete(folder().resolve("disk.jar"));

        awaitSaid("hybrid +yes +0 +\\d+ +0", "policy", "list");
        awaitSaid(" *3\\.0/3\\.0 CPU", "status");
        awaitSaid("shm +yes.*", "store", "list");
        Churning.Result result = objects.stop();
        String counted =
                tasks.awaitOutput("operations=(\\d+) longest=([\\d.]+)").group();
        assertThat(tasks.await(LIMIT).status()).isZero();
        System.out.printf("dropped in and taken out under %s and %s%n", result, counted);
        assertThat(done("deploy", "list")).doesNotContain("polite", "disk.jar");
    }

    @Test
    void shouldRunTwoJobsWithTwoVersionsOfALibrarySideBySide() throws Exception {
        for (String version : List.of("1", "2")) {
            Path jar = directory.resolve("words-" + version + ".jar");
            Files.write(jar, library("version " + version));
            assertThat(done("deploy", "add", jar.toString())).isEqualTo(jar.getFileName() + " is deployed (code).\n");
        }
        Path classes = Path.of(
                Sayer.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        Running first = say(classes + ":deploy:words-1");
        Running second = say(classes + ":deploy:words-2.jar");

        Answer one = first.await(LIMIT);
        Answer two = second.await(LIMIT);

        assertThat(one.output()).as(one.toString()).isEqualTo("said version 1\n".repeat(3));
        assertThat(two.output()).as(two.toString()).isEqualTo("said version 2\n".repeat(3));
        Answer none = say(classes + ":deploy:words-3").await(LIMIT);
        assertThat(none.errors()).contains("deploy:words-3 is not deployed; there are [words-1.jar, words-2.jar]");
    }

    private static Running say(String path) throws IOException, InterruptedException {
        return playground.startProgram(Sayer.class, "-Dray.address=" + address, "-Dray.job.code-search-path=" + path);
    }

    /** A jar with {@code words.Words}, compiled here and now. */
    private static byte[] library(String word) throws IOException {
        Path classes = Files.createTempDirectory(directory, "words");
        String source = "package words; public class Words { public static String say() { return \"" + word + "\"; } }";
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        JavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///words/Words.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreErrors) {
                        return source;
                    }
                };
        assertThat(compiler.getTask(null, null, null, List.of("-d", classes.toString()), null, List.of(file))
                        .call())
                .isTrue();
        var bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes)) {
            jar.putNextEntry(new JarEntry("words/Words.class"));
            jar.write(Files.readAllBytes(classes.resolve("words/Words.class")));
        }
        return bytes.toByteArray();
    }

    @Test
    void shouldEditLiveOptionsByAFileAndSayWhatIsWrongWithIt() throws Exception {
        Path file = folder().resolve("org.thornback.options.cfg");
        Files.writeString(file, "num-gpus = 5\n");
        awaitSaid(".*0\\.0/5\\.0 GPU", "status");
        Files.writeString(file, "num-gpus = many\n");
        awaitSaid(".*cfg +configuration +old .*num-gpus=many \\(deploy/.*is not a whole number.*", "deploy", "list");
        assertThat(done("config", "get", "num-gpus")).isEqualTo("5\n");
        Files.delete(file);
        awaitSaid("", "config", "get", "num-gpus");
        assertThat(done("exec", "feature:list")).containsPattern("plasma +yes +The object store");
        Answer refused = playground.ray("feature", "uninstall", "plasma");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.errors())
                .startsWith("ray feature: feature=plasma is needed by feature=")
                .hasLineCount(1);
        assertThat(done("exec", "feature:uninstall plasma-hugepages")).contains("org.thornback.plasma-hugepages");
        assertThat(done("feature", "install", "plasma-hugepages")).contains("org.thornback.plasma-hugepages");
    }
}
