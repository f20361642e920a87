// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.redis.auth.internal;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thornback.api.InvalidInputException;
import org.thornback.api.cluster.StartAnswer;
import org.thornback.api.config.Configuration;
import org.thornback.api.config.LaunchOptions;
import org.thornback.api.config.OptionCatalogue;
import org.thornback.api.security.RedisCredentials;
import org.thornback.api.security.Secret;

/** Takes the password from its file, else from the configuration, and registers it, or refuses the start. */
@Component(
        immediate = true,
        service = {})
public final class CredentialsComponent {
    private static final Logger LOG = LoggerFactory.getLogger("ray.redis");

    private ServiceRegistration<?> registration;

    private record Credentials(Secret password, boolean isDefault) implements RedisCredentials {}

    /**
     * Reads, checks, registers.
     *
     * @param context       registers the service.
     * @param configuration names the password or its file.
     * @param launch        tells whether the node stays on loopback.
     * @param answer        hears of problems.
     */
    @Activate
    public CredentialsComponent(
            BundleContext context,
            @Reference Configuration configuration,
            @Reference LaunchOptions launch,
            @Reference StartAnswer answer) {
        try {
            Optional<String> file = configuration.find(OptionCatalogue.REDIS_PASSWORD_FILE);
            Secret password =
                    file.isPresent() ? read(Path.of(file.get())) : configuration.value(OptionCatalogue.REDIS_PASSWORD);
            boolean wellKnown = password.equals(Secret.of(OptionCatalogue.WELL_KNOWN_PASSWORD));
            boolean loopback = launch.owned()
                    || configuration
                            .find(OptionCatalogue.NODE_IP_ADDRESS)
                            .filter("127.0.0.1"::equals)
                            .isPresent();
            if (wellKnown && !loopback) {
                LOG.warn("Redis uses the default password, which everybody knows: set RAY_REDIS_PASSWORD or"
                        + " --redis-password-file before others can reach this machine");
            }
            registration = context.registerService(RedisCredentials.class, new Credentials(password, wellKnown), null);
        } catch (InvalidInputException e) {
            answer.refuse(List.of(e.getMessage()));
        }
    }

    /** Takes the credentials back: they go with the configuration they come from. */
    @Deactivate
    public void close() {
        if (registration != null) {
            registration.unregister();
        }
    }

    private static Secret read(Path file) {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            if (permissions.stream().anyMatch(permission -> !permission.name().startsWith("OWNER"))) {
                throw new InvalidInputException("redis-password-file=" + file
                        + " can be read by others; make it yours alone: chmod 600 " + file + ".");
            }
            String text = Files.readAllLines(file).stream().findFirst().orElse("");
            if (text.isEmpty() || text.chars().anyMatch(Character::isWhitespace)) {
                throw new InvalidInputException("redis-password-file=" + file
                        + ": its first line is empty or contains spaces; spaces are not permitted in the Redis"
                        + " password.");
            }
            return Secret.of(text);
        } catch (NoSuchFileException e) {
            throw new InvalidInputException(
                    "redis-password-file=" + file + " does not exist; give a readable file.", e);
        } catch (CharacterCodingException e) {
            throw new InvalidInputException(
                    "redis-password-file=" + file + " is no text in UTF-8; write the password in its first line.", e);
        } catch (IOException e) {
            throw new InvalidInputException(
                    "redis-password-file=" + file + " cannot be read: " + e.getMessage() + "; give a readable file.",
                    e);
        }
    }
}
