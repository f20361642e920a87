// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.webui.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.thornback.api.config.Configuration;
import org.thornback.api.config.OptionCatalogue;
import org.thornback.api.session.Session;
import org.thornback.testkit.Await;
import org.thornback.testkit.FelixExtension;
import org.thornback.testkit.FixedConfiguration;
import org.thornback.testkit.TestSession;

/** The bundle in a framework, with Felix's own HTTP service and web console. */
class WebConsoleTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @RegisterExtension
    final FelixExtension felix = new FelixExtension()
            .componentRuntime()
            .property("org.apache.felix.http.require.config", "true")
            .property("felix.webconsole.security.providers", WebConsole.ID)
            .bundles(
                    "org.apache.felix.configadmin",
                    "org.apache.felix.http.servlet-api",
                    "org.apache.commons.commons-io",
                    "org.apache.commons.commons-fileupload",
                    "org.apache.felix.http.jetty12",
                    "org.apache.felix.inventory",
                    "org.owasp.encoder",
                    "org.apache.felix.webconsole",
                    "org.thornback.webui");

    @TempDir
    Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private URI console;

    @BeforeEach
    void start() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        console = URI.create("http://127.0.0.1:" + port + "/system/console/bundles.json");
        felix.context().registerService(Session.class, new TestSession(directory), null);
        felix.context()
                .registerService(
                        Configuration.class, new FixedConfiguration().with(OptionCatalogue.WEBUI_PORT, port), null);
    }

    @AfterEach
    void hangUp() {
        client.close();
    }

    /** Status of the console's answer; 0 while nobody listens. */
    private int status(String user, String password) {
        String word = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(console)
                .header("Authorization", "Basic " + word)
                .build();
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode();
        } catch (ConnectException notYet) {
            return 0;
        } catch (IOException broken) {
            throw new AssertionError(broken);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new AssertionError(ended);
        }
    }

    @Test
    void shouldLetInWhoKnowsThePasswordOfTheSessionAndNobodyElse() throws IOException {
        Path file = directory.resolve(WebConsole.PASSWORD);
        Await.await(() -> Files.exists(file), LIMIT, () -> "no password");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        String password = Files.readString(file);

        Await.await(
                () -> status(WebConsole.USER, password) == 200,
                LIMIT,
                () -> "the console answers " + status(WebConsole.USER, password));

        assertThat(status("admin", "admin")).as("what everybody knows").isEqualTo(401);
        assertThat(status(WebConsole.USER, "")).isEqualTo(401);
        assertThat(status("admin", password)).isEqualTo(401);
    }

    @Test
    void shouldListenNoMoreWhenItStops() throws Exception {
        Await.await(() -> status("x", "y") == 401, LIMIT, () -> "the console answers " + status("x", "y"));

        felix.bundle("org.thornback.webui").stop();

        Await.await(() -> status("x", "y") == 0, LIMIT, () -> "the console answers " + status("x", "y"));
        assertThat(directory.resolve(WebConsole.PASSWORD)).doesNotExist();
    }
}
