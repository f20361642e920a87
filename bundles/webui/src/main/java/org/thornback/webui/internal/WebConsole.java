// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.webui.internal;

import static java.util.Objects.requireNonNull;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.HexFormat;
import java.util.Map;
import org.apache.felix.webconsole.spi.SecurityProvider;
import org.osgi.service.cm.ConfigurationAdmin;
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
 * Lets Felix's HTTP service listen on loopback, and into the web console who knows the session's password: {@link #USER}, and
 * what the file {@link #PASSWORD} of the session says.
 *
 * <p>The framework is told that HTTP waits for a configuration and the console for this provider, so neither is ever there
 * with what everybody knows, port 8080 on all addresses and the password {@code admin}. Safe from any thread.
 */
@Component(property = SecurityProvider.PROPERTY_ID + "=" + WebConsole.ID, immediate = true)
public final class WebConsole implements SecurityProvider {
    /** Name of this provider, which the framework's properties demand. */
    static final String ID = "org.thornback.webui";

    /** File of the session with the password, mode 0600. */
    static final String PASSWORD = "webui.password";

    /** Who comes in. */
    static final String USER = "ray";

    private static final Logger LOG = LoggerFactory.getLogger("ray.webui");
    private static final String LOOPBACK = "127.0.0.1";
    private static final String HTTP_PID = "org.apache.felix.http";
    private static final String SCHEME = "Basic ";
    private static final int SECRET_BYTES = 24;

    private final ConfigurationAdmin admin;
    private final Path file;
    private final byte[] expected;

    /**
     * Opens the console.
     *
     * @param admin         configures Felix's HTTP service.
     * @param configuration says at which port.
     * @param session       gets the password.
     * @throws IOException when the password cannot be written, or the configuration not be kept.
     */
    @Activate
    public WebConsole(
            @Reference ConfigurationAdmin admin, @Reference Configuration configuration, @Reference Session session)
            throws IOException {
        this.admin = requireNonNull(admin, "admin");
        int port = free(configuration.value(OptionCatalogue.WEBUI_PORT));
        file = session.directory().resolve(PASSWORD);
        String password = writePassword();
        expected = (SCHEME
                        + Base64.getEncoder().encodeToString((USER + ":" + password).getBytes(StandardCharsets.UTF_8)))
                .getBytes(StandardCharsets.US_ASCII);
        Dictionary<String, Object> http = new Hashtable<>(Map.of(
                "org.apache.felix.http.host",
                LOOPBACK,
                "org.osgi.service.http.port",
                port,
                "org.apache.felix.http.enable",
                true,
                "org.apache.felix.https.enable",
                false));
        admin.getConfiguration(HTTP_PID, null).update(http);
        LOG.info(
                "the Felix web console is at http://{}:{}/system/console/, user {}, password in {}",
                LOOPBACK,
                port,
                USER,
                file);
    }

    /** Closes the console. */
    @Deactivate
    public void close() {
        try {
            admin.getConfiguration(HTTP_PID, null).delete();
            Files.deleteIfExists(file);
        } catch (IOException | IllegalStateException gone) {
            LOG.debug("the console's configuration was gone already", gone);
        }
    }

    /** The port, or a free one for 0. Felix's HTTP service would only write into its log that it is taken. */
    private static int free(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(LOOPBACK))) {
            return socket.getLocalPort();
        } catch (IOException taken) {
            throw new InvalidInputException("webui-port=" + port + " cannot be listened at (" + taken.getMessage()
                    + "): give another one, or 0 for a free one.");
        }
    }

    private String writePassword() throws IOException {
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        String password = HexFormat.of().formatHex(bytes);
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, password);
        return password;
    }

    @Override
    public Object authenticate(HttpServletRequest request, HttpServletResponse response) {
        String given = request.getHeader("Authorization");
        if (given != null && MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), expected)) {
            return USER;
        }
        response.setHeader("WWW-Authenticate", SCHEME + "realm=\"Ray node\"");
        response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        return null;
    }

    @Override
    public boolean authorize(Object user, String role) {
        return USER.equals(user); // the one user may do all that the owner of the node may
    }

    @Override
    public void logout(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("WWW-Authenticate", SCHEME + "realm=\"Ray node\""); // makes browsers forget
        response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
    }
}
