// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.redis.auth.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.ServiceRegistration;
import org.slf4j.LoggerFactory;
import org.thornback.api.cluster.StartAnswer;
import org.thornback.api.config.Configuration;
import org.thornback.api.config.LaunchOptions;
import org.thornback.api.config.OptionCatalogue;
import org.thornback.api.security.RedisCredentials;
import org.thornback.api.security.Secret;
import org.thornback.testkit.FelixExtension;
import org.thornback.testkit.FixedConfiguration;
import org.thornback.testkit.RecordedAnswer;

class CredentialsComponentTest {
    @RegisterExtension
    final FelixExtension felix = new FelixExtension().componentRuntime().bundles("org.thornback.redis-auth");

    @TempDir
    Path directory;

    private final RecordedAnswer answer = new RecordedAnswer();
    private final Logger logger = (Logger) LoggerFactory.getLogger("ray.redis");
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    private record Launch(boolean owned) implements LaunchOptions {
        @Override
        public Map<String, String> given() {
            return Map.of();
        }
    }

    @BeforeEach
    void recordTheLog() {
        logged.start();
        logger.addAppender(logged);
    }

    @AfterEach
    void leaveTheLog() {
        logger.detachAppender(logged);
    }

    private ServiceRegistration<?> begin(FixedConfiguration configuration, boolean owned) {
        felix.context().registerService(StartAnswer.class, answer, null);
        felix.context().registerService(LaunchOptions.class, new Launch(owned), null);
        return felix.context().registerService(Configuration.class, configuration, null);
    }

    private FixedConfiguration withFile(Path file) {
        return new FixedConfiguration().with(OptionCatalogue.REDIS_PASSWORD_FILE, file.toString());
    }

    private Path file(String content, String permissions) throws IOException {
        Path file = Files.writeString(directory.resolve("password"), content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private boolean isRegistered() {
        return felix.context().getServiceReference(RedisCredentials.class) != null;
    }

    private List<String> warnings() {
        return logged.list.stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Test
    void shouldGiveThePasswordOfTheConfigurationAndTakeItBackWithIt() {
        ServiceRegistration<?> configuration =
                begin(new FixedConfiguration().with(OptionCatalogue.REDIS_PASSWORD, Secret.of("given")), false);

        RedisCredentials credentials = felix.service(RedisCredentials.class);

        assertThat(credentials.password()).isEqualTo(Secret.of("given"));
        assertThat(credentials.isDefault()).isFalse();
        assertThat(credentials.toString()).contains("****").doesNotContain("given");
        assertThat(warnings()).isEmpty();
        configuration.unregister();
        assertThat(isRegistered()).isFalse();
        felix.context()
                .registerService(
                        Configuration.class,
                        new FixedConfiguration().with(OptionCatalogue.REDIS_PASSWORD, Secret.of("another")),
                        null);
        assertThat(felix.service(RedisCredentials.class).password()).isEqualTo(Secret.of("another"));
    }

    @Test
    void shouldTakeItsServiceBackWhenTheBundleStops() throws Exception {
        begin(new FixedConfiguration(), true);
        felix.service(RedisCredentials.class);

        felix.bundle("org.thornback.redis-auth").stop();

        assertThat(isRegistered()).isFalse();
    }

    @Test
    void shouldPreferTheFirstLineOfTheFile() throws IOException {
        Path file = file("pa\"ss}wörd#1\nsecond line\n", "rw-------");
        begin(withFile(file).with(OptionCatalogue.REDIS_PASSWORD, Secret.of("given")), false);

        assertThat(felix.service(RedisCredentials.class).password()).isEqualTo(Secret.of("pa\"ss}wörd#1"));
    }

    @Test
    void shouldWarnOfTheDefaultPasswordWhereOthersCanReachIt() {
        begin(new FixedConfiguration(), false);

        assertThat(felix.service(RedisCredentials.class).isDefault()).isTrue();
        assertThat(warnings()).singleElement().asString().contains("default password", "RAY_REDIS_PASSWORD");
    }

    @Test
    void shouldNotWarnOfTheDefaultPasswordOnLoopback() {
        begin(new FixedConfiguration().with(OptionCatalogue.NODE_IP_ADDRESS, "127.0.0.1"), false);

        assertThat(felix.service(RedisCredentials.class).isDefault()).isTrue();
        assertThat(warnings()).isEmpty();
    }

    @Test
    void shouldKnowTheDefaultPasswordThoughItWasGiven() throws IOException {
        Path file = file(OptionCatalogue.WELL_KNOWN_PASSWORD, "rw-------");
        begin(withFile(file), true);

        assertThat(felix.service(RedisCredentials.class).isDefault()).isTrue();
        assertThat(warnings()).as("the cluster of a program stays on loopback").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwx-----x"})
    void shouldRefuseAFileThatOthersCanOpen(String permissions) throws IOException {
        begin(withFile(file("secret-text", permissions)), true);

        assertThat(answer.refusals())
                .singleElement()
                .asString()
                .contains("chmod 600")
                .doesNotContain("secret-text");
        assertThat(isRegistered()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\nsecond", "two words", "tab\there"})
    void shouldRefuseAFileWhoseFirstLineIsNoPassword(String content) throws IOException {
        begin(withFile(file(content, "rw-------")), true);

        assertThat(answer.refusals())
                .singleElement()
                .asString()
                .contains("first line is empty or contains spaces")
                .doesNotContain("words");
        assertThat(isRegistered()).isFalse();
    }

    @Test
    void shouldSayWhichFileIsMissing() {
        Path missing = directory.resolve("missing");
        begin(withFile(missing), true);

        assertThat(answer.refusals())
                .containsExactly("redis-password-file=" + missing + " does not exist; give a readable file.");
    }

    @Test
    void shouldRefuseWhatIsNoTextFile() throws IOException {
        Path file = file("", "rw-------");
        Files.write(file, "pass\u00e4".getBytes(StandardCharsets.ISO_8859_1));
        begin(withFile(file), true);

        assertThat(answer.refusals()).singleElement().asString().contains("is no text in UTF-8");
    }

    @Test
    void shouldRefuseADirectory() throws IOException {
        Path odd = Files.createDirectory(directory.resolve("odd"));
        Files.setPosixFilePermissions(odd, PosixFilePermissions.fromString("rwx------"));
        begin(withFile(odd), true);

        assertThat(answer.refusals()).singleElement().asString().contains("redis-password-file=" + odd, "directory");
        assertThat(isRegistered()).isFalse();
    }
}
