// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ArgumentStreamTest {

    @Test
    void shouldGiveTheWordsAndLeaveTheRestWhenComplete() throws IOException {
        InputStream in = stream("3\0start\0\0--temp-dir=/tmp/ä b\nc\0X");

        assertThat(ArgumentStream.read(in)).containsExactly("start", "", "--temp-dir=/tmp/ä b\nc");
        assertThat(in.read()).as("the next byte is not taken").isEqualTo('X');
    }

    @Test
    void shouldGiveNothingWhenThereAreNoWords() throws IOException {
        assertThat(ArgumentStream.read(stream("0\0"))).isEmpty();
    }

    @Test
    void shouldComplainWhenTheEndComesInsideAWord() {
        assertThatThrownBy(() -> ArgumentStream.read(stream("2\0start\0--he"))).isInstanceOf(EOFException.class);
    }

    @Test
    void shouldComplainWhenTheNumberIsNone() {
        assertThatThrownBy(() -> ArgumentStream.read(stream("start\0"))).hasMessageContaining("got \"start\"");
        assertThatThrownBy(() -> ArgumentStream.read(stream("-1\0"))).hasMessageContaining("count=-1");
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
