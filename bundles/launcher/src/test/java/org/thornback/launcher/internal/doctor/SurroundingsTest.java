// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thornback.api.ThornbackException;
import org.thornback.api.health.Diagnosis;
import org.thornback.api.health.Diagnosis.Verdict;
import org.thornback.api.redis.RedisProbe.Finding;

/** Each fault is made, and found with the command that mends it. */
class SurroundingsTest {
    private static final Path HOME = Path.of("/opt/jdk-25");

    @TempDir
    Path directory;

    private static void assertProblem(Diagnosis diagnosis, String finding, String remedy) {
        assertThat(diagnosis.verdict()).as(diagnosis.toString()).isEqualTo(Verdict.PROBLEM);
        assertThat(diagnosis.finding()).contains(finding);
        assertThat(diagnosis.remedy()).contains(remedy);
    }

    private static void assertWell(Diagnosis diagnosis) {
        assertThat(diagnosis.verdict()).as(diagnosis.toString()).isEqualTo(Verdict.OK);
    }

    /** A JDK of a version, with a link to its java in a directory of its own. */
    private String pathTo(String version) throws IOException {
        Path jdk = Files.createDirectories(directory.resolve("jdk-" + version));
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        Path java = Files.createFile(
                Files.createDirectory(jdk.resolve("bin")).resolve("java"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Path links = Files.createDirectory(directory.resolve("links-" + version));
        Files.createSymbolicLink(links.resolve("java"), java);
        return directory.resolve("nothing") + ":" + links;
    }

    @Test
    void shouldFindAJavaThatDriversCannotUse() throws IOException {
        assertProblem(
                JavaCheck.look(pathTo("17.0.15"), HOME),
                "java on the PATH is 17.0.15",
                "`export JAVA_HOME=/opt/jdk-25 PATH=/opt/jdk-25/bin:$PATH`");
        assertProblem(JavaCheck.look("/nowhere", HOME), "no java on the PATH", "export JAVA_HOME");
        assertWell(JavaCheck.look(pathTo("25"), HOME));
        assertWell(JavaCheck.look(pathTo("25.0.3"), HOME));
        assertProblem(JavaCheck.look(pathTo("250"), HOME), "java on the PATH is 250", "export");
    }

    @Test
    void shouldFindAPortThatSomebodyElseHas() throws IOException {
        int port;
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = other.getLocalPort();
            assertProblem(
                    PortCheck.look("port", port, Set.of()), "Something else listens", "ray start --head --port=0");
            assertWell(PortCheck.look("port", port, Set.of(port)));
        }
        assertWell(PortCheck.look("port", port, Set.of()));
    }

    @Test
    void shouldFindARedisThatOthersCanGetInto() {
        RedisCheck open = new RedisCheck((address, password) -> Finding.CLUSTER);
        RedisCheck closed = new RedisCheck((address, password) -> Finding.WRONG_PASSWORD);
        RedisCheck silent = new RedisCheck((address, password) -> {
            throw new IOException("Connection refused");
        });

        assertProblem(open.look("10.0.0.1:6379"), "takes the password everybody knows", "RAY_REDIS_PASSWORD=$(openssl");
        assertWell(open.look("127.0.0.1:6379"));
        assertWell(closed.look("10.0.0.1:6379"));
        assertProblem(silent.look("127.0.0.1:6379"), "does not answer (Connection refused)", "redis.err");
    }

    @Test
    void shouldFindWhatANodesOwnChecksFind() {
        NodeCheck bad = new NodeCheck((socket, out) -> {
            new PrintStream(out, true).println("CRITICAL parts: component=x waits for store.\nWARN redis: slow.");
            return 1;
        });
        NodeCheck deaf = new NodeCheck((socket, out) -> {
            throw new ThornbackException(ThornbackException.Category.LOST, "the node does not answer.");
        });

        List<Diagnosis> found = bad.look("session_1", Path.of("/s"));
        assertThat(found).hasSize(2);
        assertProblem(found.getFirst(), "component=x waits for store.", "ray health-check --session=session_1");
        assertProblem(
                deaf.look("session_1", Path.of("/s")).getFirst(), "does not answer", "ray stop --session=session_1");
        assertWell(new NodeCheck((socket, out) -> 0)
                .look("session_1", Path.of("/s"))
                .getFirst());
    }

    @Test
    void shouldSkipWhatOnlyARunningNodeShowsAndSaySo() {
        assertThat(Surroundings.look(0, List.of()))
                .filteredOn(one -> one.verdict() == Verdict.SKIPPED)
                .extracting(Diagnosis::subject)
                .containsExactly("redis", "node");
    }

    @Test
    void shouldSayTheSameToPeopleAndPrograms() {
        List<Diagnosis> found =
                List.of(Diagnosis.ok("clock", "It is right."), Diagnosis.problem("disk", "It is full.", "`du -xh /`."));

        assertThat(DoctorPage.text(found))
                .isEqualTo("OK       clock: It is right.\nPROBLEM  disk: It is full.\n         `du -xh /`.\n");
        JsonObject json = JsonParser.parseString(DoctorPage.json(found)).getAsJsonObject();
        assertThat(json.get("well").getAsBoolean()).isFalse();
        assertThat(json.getAsJsonArray("subjects")
                        .get(1)
                        .getAsJsonObject()
                        .get("remedy")
                        .getAsString())
                .isEqualTo("`du -xh /`.");
        assertThat(DoctorPage.isWell(found.subList(0, 1))).isTrue();
    }
}
