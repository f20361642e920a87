// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.layout.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.flatbuffers.FlatBufferBuilder;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.thornback.api.store.PlasmaId;
import org.thornback.layout.SegmentBuffer;

class FlatTableTest {
    private static final int AROUND = 64;
    private static final PlasmaId ID = new PlasmaId(1, 2, 3);
    private final FlatTable table = new FlatTable();

    private static byte[] message() {
        FlatBufferBuilder builder = new FlatBufferBuilder();
        int[] names = {
            builder.createByteVector(ID.toBytes()),
            builder.createByteVector(new PlasmaId(4, 5, 6).toBytes()),
            builder.createByteVector(new byte[7])
        };
        int vector = builder.createVectorOfTables(names);
        builder.startTable(5);
        builder.addOffset(0, vector, 0);
        builder.addLong(1, -5, 0);
        builder.addBoolean(2, true, false);
        builder.addOffset(3, names[0], 0);
        builder.finish(builder.endTable());
        return builder.sizedByteArray();
    }

    /** The message in the middle of bytes that do not belong to it. */
    private static SegmentBuffer around(byte[] message) {
        byte[] bytes = new byte[message.length + 2 * AROUND];
        System.arraycopy(message, 0, bytes, AROUND, message.length);
        SegmentBuffer buffer = new SegmentBuffer();
        buffer.wrap(bytes);
        return buffer;
    }

    @Test
    void shouldReadWhatTheLibraryWrote() {
        byte[] message = message();
        table.wrap(around(message), AROUND, message.length);
        int strings = table.strings(0);
        assertThat(table.length(strings)).isEqualTo(3);
        assertThat(table.idAt(table.element(strings, 0))).isEqualTo(ID);
        assertThat(table.idAt(table.element(strings, 1))).isEqualTo(new PlasmaId(4, 5, 6));
        assertThat(table.getLong(1)).isEqualTo(-5);
        assertThat(table.getBoolean(2)).isTrue();
        assertThat(table.getId(3)).isEqualTo(ID);
        assertThat(table.getLong(4)).as("left out").isZero();
        assertThat(table.getInt(17)).as("newer than the message").isZero();
        assertThat(table.has(3)).isTrue();
        assertThat(table.has(4)).isFalse();
    }

    @Test
    void shouldRefuseWhatIsMissingOrOfTheWrongLength() {
        byte[] message = message();
        table.wrap(around(message), AROUND, message.length);
        assertThatThrownBy(() -> table.getId(4)).hasMessage("field slot=4 is missing");
        int seven = table.element(table.strings(0), 2);
        assertThatThrownBy(() -> table.idAt(seven)).hasMessage("id length=7, expected 20 bytes");
        assertThatThrownBy(() -> table.digestAt(seven)).hasMessage("digest length=7, expected 8 bytes");
    }

    @Test
    void shouldRefuseEveryTruncation() {
        byte[] message = message();
        SegmentBuffer buffer = around(message);
        for (int length = 0; length < message.length; length++) {
            int cut = length;
            assertThatThrownBy(() -> {
                        table.wrap(buffer, AROUND, cut);
                        readAll();
                    })
                    .as("cut to %d of %d", cut, message.length)
                    .isInstanceOf(FlatTableException.class);
        }
    }

    @Test
    void shouldNeverReadOutsideTheMessage() {
        Random random = new Random(11);
        byte[] message = message();
        for (int round = 0; round < 50_000; round++) {
            byte[] damaged = message.clone();
            for (int i = random.nextInt(6); i >= 0; i--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            // Nothing around it: reading outside would fail with another exception.
            SegmentBuffer buffer = new SegmentBuffer();
            buffer.wrap(damaged);
            try {
                table.wrap(buffer, 0, damaged.length);
                readAll();
            } catch (FlatTableException e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        }
    }

    private void readAll() {
        int strings = table.strings(0);
        for (int i = 0; i < table.length(strings) && i < 100; i++) {
            int element = table.element(strings, i);
            if (table.length(element) == PlasmaId.LENGTH) {
                table.idAt(element);
            }
        }
        table.getLong(1);
        table.getBoolean(2);
        table.getId(3);
    }
}
