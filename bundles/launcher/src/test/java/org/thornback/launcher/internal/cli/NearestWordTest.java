// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestWordTest {
    private static final List<String> FLAGS =
            StartFlag.ALL.stream().map(flag -> "--" + flag.key()).toList();

    @ParameterizedTest
    @CsvSource({
        "--num-cpu, --num-cpus",
        "--numcpus, --num-cpus",
        "--hed, --head",
        "--haed, --head",
        "--node-ip, --node-ip-address",
        "--object-store-memroy, --object-store-memory",
        "--redis-pasword, --redis-password",
        "--tempdir, --temp-dir",
    })
    void shouldFindTheFlagMeant(String typed, String meant) {
        assertThat(NearestWord.of(typed, FLAGS)).contains(meant);
    }

    @Test
    void shouldFindNothingWhenNothingIsNear() {
        assertThat(NearestWord.of("--dashboard-port-of-the-other", FLAGS)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"abc, abc, 0", "abc, abd, 1", "abc, acb, 1", "abc, ab, 1", "'', abc, 3", "kitten, sitting, 3"})
    void shouldCountTheLettersThatDiffer(String a, String b, int letters) {
        assertThat(NearestWord.distance(a, b)).isEqualTo(letters);
        assertThat(NearestWord.distance(b, a)).isEqualTo(letters);
    }
}
