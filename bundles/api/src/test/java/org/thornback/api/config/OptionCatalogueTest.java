// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.thornback.api.security.Secret;

class OptionCatalogueTest {
    @Test
    void shouldListEveryOptionThereIsInTheOrderTheyAreWritten() throws IllegalAccessException {
        List<Object> declared = new ArrayList<>();
        for (Field field : OptionCatalogue.class.getFields()) {
            if (field.getType() == Option.class) {
                declared.add(field.get(null));
            }
        }

        assertThat(OptionCatalogue.ALL).isEqualTo(declared);
    }

    @Test
    void shouldLetNoTwoOptionsShareANameAPropertyOrAVariable() {
        assertThat(OptionCatalogue.ALL).extracting(Option::name).doesNotHaveDuplicates();
        assertThat(OptionCatalogue.ALL).extracting(Option::property).doesNotHaveDuplicates();
        assertThat(OptionCatalogue.ALL.stream().flatMap(option -> option.environment().stream()))
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldNameOptionsAsUsersOfRayKnowThem() {
        assertThat(OptionCatalogue.ALL).allSatisfy(option -> {
            assertThat(option.name()).matches("[a-z]+(-[a-z]+)*");
            assertThat(option.property()).matches("ray\\.[a-z.-]+");
            assertThat(option.environment()).isNotEmpty().allMatch(name -> name.matches("RAY_[A-Z_]+"));
            assertThat(option.description()).endsWith(".").doesNotContain("\n");
        });
        assertThat(Stream.of(OptionCatalogue.REDIS_PASSWORD, OptionCatalogue.NODE_IP_ADDRESS, OptionCatalogue.TEMP_DIR)
                        .map(option -> option.name() + " " + option.property() + " " + option.environment()))
                .containsExactly(
                        "redis-password ray.redis.password [RAY_REDIS_PASSWORD]",
                        "node-ip-address ray.node-ip [RAY_NODE_IP_ADDRESS]",
                        "temp-dir ray.temp-dir [RAY_TMPDIR]");
    }

    @Test
    void shouldHideExactlyWhatIsSecret() {
        assertThat(OptionCatalogue.ALL)
                .allSatisfy(option -> assertThat(option.secret()).isEqualTo(option.type() == Secret.class));
        assertThat(OptionCatalogue.REDIS_PASSWORD.secret()).isTrue();
    }

    @Test
    void shouldGiveEveryNumberARange() {
        assertThat(OptionCatalogue.ALL)
                .filteredOn(option -> Number.class.isAssignableFrom(option.type()))
                .isNotEmpty()
                .allSatisfy(option -> {
                    assertThat(option.least()).isNotNegative();
                    assertThat(option.most()).isBetween(option.least() + 1, 100_000_000_000_000L);
                });
    }
}
