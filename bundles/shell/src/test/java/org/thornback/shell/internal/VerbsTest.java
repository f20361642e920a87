// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thornback.api.command.CommandCatalogue;

class VerbsTest {
    private static final Verbs STORE = new Verbs("list", "use NAME [--directory=DIRECTORY]");
    private static final Verbs CONFIG = new Verbs("list", "get KEY", "set KEY VALUE", "set KEY=VALUE...");

    private static String check(Verbs verbs, String command, String line) {
        return verbs.check(new Words(CommandCatalogue.find(command).orElseThrow(), List.of(line.split(" "))));
    }

    @Test
    void shouldTakeEachVerbWithWhatBelongsToIt() {
        assertThat(check(STORE, "store", "list --json")).isEqualTo("list");
        assertThat(check(STORE, "store", "use file --directory=/d --width=80")).isEqualTo("use");
        assertThat(check(STORE, "store", "use file")).isEqualTo("use");
        assertThat(check(CONFIG, "config", "get a")).isEqualTo("get");
        assertThat(check(CONFIG, "config", "set a=1")).isEqualTo("set");
        assertThat(check(CONFIG, "config", "set a 1")).isEqualTo("set");
        assertThat(check(CONFIG, "config", "set a=1 b=2 c=3")).isEqualTo("set");
    }

    @ParameterizedTest
    @ValueSource(strings = {"list file", "use", "list --directory=/d"})
    void shouldRefuseWhatBelongsToNoneOrToAnotherWithAllThatThereIs(String line) {
        assertThatThrownBy(() -> check(STORE, "store", line))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.status()).isEqualTo(2))
                .hasMessage("give `list` or `use NAME [--directory=DIRECTORY]`.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"list a", "get", "get a b", "set", "explain a"})
    void shouldRefuseAWordTooFewOrTooMany(String line) {
        assertThatThrownBy(() -> check(CONFIG, "config", line))
                .hasMessage("give `list`, `get KEY`, `set KEY VALUE` or `set KEY=VALUE...`.");
    }
}
