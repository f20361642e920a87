// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.metrics.internal;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thornback.api.InvalidInputException;
import org.thornback.api.config.Configuration;
import org.thornback.api.config.OptionCatalogue;
import org.thornback.api.session.Session;

/**
 * Serves the metrics page at {@code http://127.0.0.1:PORT/metrics} when {@code metrics-export-port} is given, and nothing
 * otherwise: on loopback, and only to who sends the session's token.
 *
 * <p>Token and target lie in files of the session, as Prometheus wants them: {@link #TOKEN} as {@code credentials_file},
 * {@link #TARGETS} for {@code file_sd_configs}.
 */
@Component(
        service = {},
        immediate = true)
public final class MetricsServer {
    /** File of the session with the token, mode 0600. */
    static final String TOKEN = "metrics.token";

    /** File of the session that names the target, as Ray calls it. */
    static final String TARGETS = "prom_metrics_service_discovery.json";

    private static final Logger LOG = LoggerFactory.getLogger("ray.raylet");
    private static final String PATH = "/metrics";
    private static final String SCHEME = "Bearer ";
    private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PageWhenAsked page;
    private final Optional<Serving> serving;

    private record Serving(HttpServer server, ExecutorService threads, Path directory) {}

    /**
     * Serves, if it is wanted.
     *
     * @param page          made when somebody asks.
     * @param configuration says whether, and at which port.
     * @param session       gets the files.
     * @throws IOException when the files cannot be written.
     */
    @Activate
    public MetricsServer(
            @Reference ComponentServiceObjects<MetricsPage> page,
            @Reference Configuration configuration,
            @Reference Session session)
            throws IOException {
        this.page = new PageWhenAsked(page);
        Optional<Integer> port = configuration.find(OptionCatalogue.METRICS_EXPORT_PORT);
        serving = port.isEmpty() ? Optional.empty() : Optional.of(serve(port.get(), session.directory()));
    }

    private Serving serve(int port, Path directory) throws IOException {
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException taken) {
            throw new InvalidInputException("metrics-export-port=" + port + " cannot be listened at ("
                    + taken.getMessage() + "): give another one, or 0 for a free one.");
        }
        byte[] expected = (SCHEME + Token.write(directory.resolve(TOKEN))).getBytes(StandardCharsets.US_ASCII);
        String target = "127.0.0.1:" + server.getAddress().getPort();
        Files.writeString(
                directory.resolve(TARGETS), "[{\"labels\": {\"job\": \"ray\"}, \"targets\": [\"" + target + "\"]}]\n");
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        server.setExecutor(threads);
        server.createContext(PATH, exchange -> answer(exchange, expected));
        server.start();
        LOG.info("metrics are at http://{}{}, for who sends the token in {}", target, PATH, directory.resolve(TOKEN));
        return new Serving(server, threads, directory);
    }

    /** Stops serving and removes the files. */
    @Deactivate
    public void close() {
        serving.ifPresent(one -> {
            one.server().stop(0);
            one.threads().shutdownNow();
            try {
                Files.deleteIfExists(one.directory().resolve(TOKEN));
                Files.deleteIfExists(one.directory().resolve(TARGETS));
            } catch (IOException gone) {
                LOG.debug("files of the metrics in {} were gone already", one.directory(), gone);
            }
        });
        page.close();
    }

    private void answer(HttpExchange exchange, byte[] expected) throws IOException {
        try (exchange) {
            String given = exchange.getRequestHeaders().getFirst("Authorization");
            if (given == null || !MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), expected)) {
                exchange.getResponseHeaders().set("WWW-Authenticate", SCHEME.strip());
                exchange.sendResponseHeaders(401, -1);
            } else if (!exchange.getRequestURI().getPath().equals(PATH)) {
                exchange.sendResponseHeaders(404, -1);
            } else if (!exchange.getRequestMethod().equals("GET")) {
                exchange.getResponseHeaders().set("Allow", "GET");
                exchange.sendResponseHeaders(405, -1);
            } else {
                byte[] body = page.text().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", TYPE);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }
}
