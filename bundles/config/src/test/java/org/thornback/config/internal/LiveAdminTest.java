// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.config.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.Bundle;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeProvider;
import org.osgi.service.metatype.ObjectClassDefinition;
import org.thornback.api.InvalidInputException;
import org.thornback.api.cluster.StartAnswer;
import org.thornback.api.config.Configuration;
import org.thornback.api.config.LaunchOptions;
import org.thornback.api.config.LiveConfiguration;
import org.thornback.api.config.LiveOptions;
import org.thornback.api.config.Option;
import org.thornback.api.config.OptionCatalogue;
import org.thornback.api.keeper.Keeper;
import org.thornback.testkit.Await;
import org.thornback.testkit.FakeKeeper;
import org.thornback.testkit.FelixExtension;
import org.thornback.testkit.RecordedAnswer;

class LiveAdminTest {
    @RegisterExtension
    final FelixExtension felix = ConfigFelix.create();

    private final Part logs = new Part(OptionCatalogue.LOG_LEVEL, OptionCatalogue.LOG_MAX_BYTES);
    private Configuration configuration;
    private LiveConfiguration live;

    /** Takes what it is told, but for a level. */
    private static final class Part implements LiveOptions {
        private final Set<Option<?>> options;
        private final List<String> levels = new CopyOnWriteArrayList<>();
        private volatile String refused = "";

        private Part(Option<?>... options) {
            this.options = Set.of(options);
        }

        @Override
        public Set<Option<?>> options() {
            return options;
        }

        @Override
        public void take(Configuration now) {
            String level = now.value(OptionCatalogue.LOG_LEVEL);
            if (level.equals(refused)) {
                throw new InvalidInputException("log-level=" + level + " is too much here.");
            }
            levels.add(level);
        }
    }

    @BeforeEach
    void start() {
        felix.context().registerService(StartAnswer.class, new RecordedAnswer(), null);
        felix.context().registerService(LaunchOptions.class, new ConfigFelix.Launch(Map.of("log-backups", "2")), null);
        configuration = felix.service(Configuration.class);
        live = felix.service(LiveConfiguration.class);
        felix.context().registerService(LiveOptions.class, logs, null);
    }

    private String level() {
        return configuration.value(OptionCatalogue.LOG_LEVEL);
    }

    private org.osgi.service.cm.Configuration kept() {
        try {
            return felix.service(ConfigurationAdmin.class).getConfiguration(LiveConfiguration.PID, "?");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Object kept(String name) {
        Dictionary<String, Object> properties = kept().getProperties();
        return properties == null ? null : properties.get(name);
    }

    private void editInConfigAdmin(String name, Object value) throws IOException {
        Dictionary<String, Object> properties = kept().getProperties();
        Dictionary<String, Object> edited = properties == null ? new Hashtable<>() : properties;
        edited.put(name, value);
        kept().update(edited);
    }

    @Test
    void shouldLetAnEditHoldAndSayWhereItCameFrom() {
        live.set(Map.of("log-level", "debug", "log-max-bytes", "4096"), "a test");

        assertThat(level()).isEqualTo("DEBUG");
        assertThat(configuration.value(OptionCatalogue.LOG_MAX_BYTES)).isEqualTo(4096L);
        assertThat(configuration.explain(OptionCatalogue.LOG_LEVEL).source()).isEqualTo("a test");
        assertThat(logs.levels).containsExactly("DEBUG");
        assertThat(kept("log-max-bytes")).as("a number in Config Admin").isEqualTo(4096L);
    }

    @Test
    void shouldTakeEditsFromConfigAdminAndForgetThemWhenTheyAreDeleted() throws IOException {
        editInConfigAdmin("log-level", "WARN");
        Await.await(() -> level().equals("WARN"), () -> "the level is " + level());
        assertThat(logs.levels).containsExactly("WARN");

        kept().delete();

        Await.await(() -> level().equals("INFO"), () -> "the level is " + level());
        Await.await(() -> logs.levels.equals(List.of("WARN", "INFO")), () -> "taken were " + logs.levels);
    }

    @Test
    void shouldLetWeakerLayersSpeakAgainWhenAnEditIsTakenBack() {
        Part backups = new Part(OptionCatalogue.LOG_BACKUPS);
        felix.context().registerService(LiveOptions.class, backups, null);
        live.set(Map.of("log-level", "WARN", "log-backups", "7"), "a test");

        live.replace(Set.of("log-backups", "log-max-bytes"), Map.of(), "a test");

        assertThat(configuration.value(OptionCatalogue.LOG_BACKUPS)).isEqualTo(2);
        assertThat(configuration.explain(OptionCatalogue.LOG_BACKUPS).source()).isEqualTo("command line");
        assertThat(level()).isEqualTo("WARN");
        assertThat(kept("log-backups")).isNull();
    }

    @Test
    void shouldLetTheDefaultHoldWhenAnEditSaysThatThereIsNoValue() {
        live.set(Map.of("log-level", "WARN"), "a test");

        live.set(Map.of("log-level", ""), "a test");

        assertThat(level()).isEqualTo("INFO");
    }

    @Test
    void shouldPutTheLastGoodValueBackWhenAnEditIsRefused() throws IOException {
        live.set(Map.of("log-level", "WARN"), "a test");
        for (String wrong : List.of("LOUD", "ERROR")) {
            logs.refused = "ERROR";
            editInConfigAdmin("log-level", wrong);
            Await.await(() -> "WARN".equals(kept("log-level")), () -> "kept is " + kept("log-level"));
            assertThat(level()).isEqualTo("WARN");
        }
        editInConfigAdmin("port", 3);
        Await.await(() -> kept("port") == null, () -> "an option of the start is kept as a live one");
    }

    @Test
    void shouldRefuseInOneSentenceAndChangeNothing() {
        assertThatThrownBy(() -> live.set(Map.of("log-level", "LOUD"), "a test"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("log-level=LOUD (a test) is not one of TRACE, DEBUG");
        assertThatThrownBy(() -> live.set(Map.of("log-levl", "INFO"), "a test"))
                .hasMessage("option=log-levl is unknown; did you mean log-level?");
        assertThatThrownBy(() -> live.set(Map.of("port", "3"), "a test"))
                .hasMessageContaining("option=port cannot be changed while the node runs");
        assertThatThrownBy(() -> live.set(Map.of("log-backups", "3"), "a test"))
                .hasMessageContaining("option=log-backups concerns a part of the node that does not run");
        assertThat(configuration.explain(OptionCatalogue.LOG_BACKUPS).source()).isEqualTo("command line");
        assertThat(logs.levels).isEmpty();
    }

    @Test
    void shouldTakeAnEditBackFromThosePartsThatHadItWhenAnotherRefuses() {
        Part other = new Part(OptionCatalogue.LOG_LEVEL);
        other.refused = "DEBUG";
        felix.context().registerService(LiveOptions.class, other, null);

        assertThatThrownBy(() -> live.set(Map.of("log-level", "DEBUG"), "a test"))
                .hasMessage("log-level=DEBUG is too much here.");

        assertThat(level()).isEqualTo("INFO");
        assertThat(logs.levels).endsWith("INFO");
        assertThat(kept("log-level")).isNull();
    }

    @Test
    void shouldReplaceSomeEditsByOthersAllOrNone() {
        live.set(Map.of("log-level", "WARN", "log-max-bytes", "4096"), "a test");
        logs.refused = "INFO"; // which is what holds when nothing is edited

        assertThatThrownBy(() -> live.replace(Set.of("log-level"), Map.of("log-max-bytes", "8192"), "a test"))
                .hasMessage("log-level=INFO is too much here.");
        assertThat(configuration.value(OptionCatalogue.LOG_MAX_BYTES)).isEqualTo(4096L);
        assertThat(level()).isEqualTo("WARN");

        live.replace(Set.of("log-level", "log-max-bytes"), Map.of("log-level", "ERROR"), "a test");

        assertThat(level()).isEqualTo("ERROR");
        assertThat(configuration.explain(OptionCatalogue.LOG_MAX_BYTES).source())
                .isEqualTo("default");
        assertThat(kept("log-max-bytes")).isNull();
    }

    @Test
    void shouldDescribeEveryLiveOptionToEditors() throws InvalidSyntaxException {
        String ours = "(" + MetaTypeProvider.METATYPE_PID + "=" + LiveConfiguration.PID + ")";
        ObjectClassDefinition described = felix.context().getServiceReferences(MetaTypeProvider.class, ours).stream()
                .map(felix.context()::getService)
                .findFirst()
                .orElseThrow()
                .getObjectClassDefinition(LiveConfiguration.PID, null);
        AttributeDefinition[] all = described.getAttributeDefinitions(ObjectClassDefinition.ALL);

        assertThat(all)
                .extracting(AttributeDefinition::getID)
                .containsExactlyElementsOf(OptionCatalogue.ALL.stream()
                        .filter(Option::live)
                        .map(Option::name)
                        .toList());
        AttributeDefinition bytes = Arrays.stream(all)
                .filter(one -> one.getID().equals("log-max-bytes"))
                .findFirst()
                .orElseThrow();
        assertThat(bytes.getType()).isEqualTo(AttributeDefinition.LONG);
        assertThat(bytes.getDescription()).contains("rotated at this size").contains("bytes 1024 to");
        assertThat(bytes.validate("12")).contains("log-max-bytes=12");
        assertThat(bytes.validate("4096")).isEmpty();
    }

    @Test
    void shouldKeepConfigAdminAndTheEditsTheSameWhenConfigAdminIsStartedAgain() throws Exception {
        live.set(Map.of("log-level", "WARN", "log-max-bytes", "4096"), "a test");
        Bundle admin = felix.bundle("org.apache.felix.configadmin");

        admin.stop();
        live.set(Map.of("log-max-bytes", "8192"), "a test"); // while there is none
        admin.start();

        assertThat(felix.service(Configuration.class)).as("nobody lost it").isSameAs(configuration);
        Await.await(() -> Long.valueOf(8192).equals(kept("log-max-bytes")), () -> "kept is " + kept().getProperties());
        assertThat(kept("log-level")).isEqualTo("WARN");
        assertThat(level()).isEqualTo("WARN");

        editInConfigAdmin("log-level", "ERROR");
        Await.await(() -> level().equals("ERROR"), () -> "the level is " + level());
        editInConfigAdmin("log-level", "LOUD");
        Await.await(() -> "ERROR".equals(kept("log-level")), () -> "kept is " + kept("log-level"));
        live.set(Map.of("log-level", "DEBUG"), "a test");
        assertThat(kept("log-level")).isEqualTo("DEBUG");
    }

    @Test
    void shouldGoOnWithEditsWhenTheBundleIsStartedAgain() throws Exception {
        felix.context().registerService(Keeper.class, new FakeKeeper(), null);
        felix.bundle("org.thornback.config").stop();
        felix.bundle("org.thornback.config").start(); // it knows the keeper now
        felix.service(LiveConfiguration.class).set(Map.of("log-level", "WARN"), "test");
        int told = logs.levels.size();

        felix.bundle("org.thornback.config").stop();
        felix.bundle("org.thornback.config").start();

        Configuration after = felix.service(Configuration.class);
        assertThat(after.value(OptionCatalogue.LOG_LEVEL)).isEqualTo("WARN");
        assertThat(after.explain(OptionCatalogue.LOG_LEVEL).source()).isEqualTo("test");
        assertThat(kept("log-level")).isEqualTo("WARN");
        assertThat(logs.levels).as("the parts had taken it on before").hasSize(told);
        felix.service(LiveConfiguration.class).set(Map.of("log-level", "ERROR"), "test");
        assertThat(logs.levels).last().isEqualTo("ERROR");
    }
}
