// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretTest {
    private static final String TEXT = "correct-horse-battery-staple";

    private final Secret secret = Secret.of(TEXT);

    @Test
    void shouldPrintAsStarsWhereverItIsPrinted() {
        record Credentials(String user, Secret password) {}

        assertThat("" + secret).isEqualTo("****");
        assertThat(String.format("%s", secret)).isEqualTo("****");
        assertThat(List.of(secret).toString()).isEqualTo("[****]");
        assertThat(Map.of("password", secret).toString()).isEqualTo("{password=****}");
        assertThat(new Credentials("me", secret).toString()).contains("****").doesNotContain("horse");
        assertThat(Secret.of("").toString()).as("nor whether it is empty").isEqualTo("****");
    }

    @Test
    void shouldGiveTheTextOnlyWhenAskedForIt() {
        assertThat(secret.reveal()).isEqualTo(TEXT);
        assertThat(secret.isEmpty()).isFalse();
        assertThat(Secret.of("").isEmpty()).isTrue();
    }

    @Test
    void shouldBeEqualByTextAndTellNothingByItsHash() {
        assertThat(secret).isEqualTo(Secret.of(TEXT)).isNotEqualTo(Secret.of(TEXT + "x"));
        assertThat(secret.equals((Object) TEXT)).isFalse();
        assertThat(secret.hashCode()).isEqualTo(Secret.of("another").hashCode());
    }

    @Test
    void shouldNotBeWrittenBySerialization() throws Exception {
        try (var out = new ObjectOutputStream(new ByteArrayOutputStream())) {
            assertThatThrownBy(() -> out.writeObject(secret)).isInstanceOf(NotSerializableException.class);
        }
    }
}
