// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.config.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.ServiceRegistration;
import org.thornback.api.cluster.NodeDescription;
import org.thornback.api.cluster.StartAnswer;
import org.thornback.api.config.Configuration;
import org.thornback.api.config.LaunchOptions;
import org.thornback.api.config.OptionCatalogue;
import org.thornback.api.config.RefusedConfiguration;
import org.thornback.testkit.Await;
import org.thornback.testkit.FelixExtension;

class ConfigurationComponentTest {
    @RegisterExtension
    final FelixExtension felix = ConfigFelix.create();

    private final List<String> refused = new CopyOnWriteArrayList<>();

    private final class Answer implements StartAnswer {
        @Override
        public void ready(NodeDescription node) {
            throw new AssertionError("not by the configuration");
        }

        @Override
        public void remark(String sentence) {
            throw new AssertionError("not by the configuration: " + sentence);
        }

        @Override
        public void refuse(List<String> sentences) {
            refused.addAll(sentences);
        }
    }

    private ServiceRegistration<?> launch(Map<String, String> given) {
        felix.context().registerService(StartAnswer.class, new Answer(), null);
        return felix.context().registerService(LaunchOptions.class, new ConfigFelix.Launch(given), null);
    }

    private Optional<Configuration> configuration() {
        return Optional.ofNullable(felix.context().getServiceReference(Configuration.class))
                .map(felix.context()::getService);
    }

    @Test
    void shouldRegisterTheConfigurationWhenItIsValidAndTakeItBackWithItsOrigin() {
        assertThat(configuration()).isEmpty();
        ServiceRegistration<?> launch = launch(Map.of("num-cpus", "3"));

        Configuration configuration = felix.service(Configuration.class);

        assertThat(configuration.value(OptionCatalogue.NUM_CPUS)).isEqualTo(3);
        assertThat(configuration.explain(OptionCatalogue.NUM_CPUS).source()).isEqualTo("command line");
        assertThat(refused).isEmpty();
        launch.unregister();
        Await.await(() -> configuration().isEmpty(), () -> "the configuration outlives what it was made of");
    }

    @Test
    void shouldRefuseTheStartWithEveryProblemAtOnceAndRegisterNothing() {
        launch(Map.of(
                "num-cpus",
                "many",
                "num-gpu",
                "1",
                "log-backups",
                "7",
                "log-level",
                "LOUD",
                "redis-password",
                "two words"));

        Await.await(() -> refused.size() >= 4, () -> "refused=" + refused);
        assertThat(refused)
                .hasSize(4)
                .contains("option=num-gpu is unknown; did you mean num-gpus?")
                .anyMatch(sentence -> sentence.startsWith("num-cpus=many (command line) is not a whole number"))
                .anyMatch(sentence -> sentence.contains("spaces are not permitted"))
                .noneMatch(sentence -> sentence.contains("two words"));
        Configuration readable = felix.service(RefusedConfiguration.class).readable();
        assertThat(readable.value(OptionCatalogue.LOG_BACKUPS)).isEqualTo(7);
        assertThat(readable.find(OptionCatalogue.NUM_CPUS)).isEmpty();
        assertThat(readable.value(OptionCatalogue.LOG_LEVEL)).as("the default").isEqualTo("INFO");
        assertThat(configuration()).isEmpty();
    }
}
