// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BinaryIdTest {
    @Test
    void shouldNotChangeWithTheBytesItWasMadeOfOrGave() {
        byte[] bytes = {1, 2, 3};
        BinaryId id = BinaryId.of(bytes);

        bytes[0] = 42;
        id.bytes()[1] = 42;

        assertThat(id.bytes()).containsExactly(1, 2, 3);
        assertThat(id).isEqualTo(BinaryId.of(new byte[] {1, 2, 3})).hasSameHashCodeAs(BinaryId.of(new byte[] {1, 2, 3
        }));
    }

    @Test
    void shouldReadBackTheDigitsItPrints() {
        BinaryId id = BinaryId.of(new byte[] {0, 127, -128, -1});

        assertThat(id).hasToString("007f80ff");
        assertThat(BinaryId.ofHex(id.hex())).isEqualTo(id);
        assertThatThrownBy(() -> BinaryId.ofHex("xyz")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldSortByUnsignedBytes() {
        assertThat(BinaryId.ofHex("7f")).isLessThan(BinaryId.ofHex("80"));
        assertThat(BinaryId.ofHex("01")).isLessThan(BinaryId.ofHex("0100"));
    }

    @Test
    void shouldBeOfRaysLengthAndNewEachTimeWhenRandom() {
        BinaryId id = BinaryId.random();

        assertThat(id.bytes()).hasSize(BinaryId.UNIQUE_LENGTH);
        assertThat(id).isNotEqualTo(BinaryId.random());
    }
}
