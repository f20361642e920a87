// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.thornback.api.store.PlasmaId;

class PlasmaIdsTest {
    private final Random random = new Random(7);

    @Test
    void shouldKeepIdsOfOneTaskApart() {
        byte[] objectId = objectId(random.nextLong(), 5, 0);
        Set<PlasmaId> seen = new HashSet<>();
        for (int index = 1; index <= 10_000; index++) {
            ByteBuffer.wrap(objectId).order(ByteOrder.LITTLE_ENDIAN).putInt(24, index);
            seen.add(PlasmaIds.ofRay(objectId));
        }
        assertThat(seen).hasSize(10_000);
    }

    @Test
    void shouldKeepIdsOfActorsApartThatShareTaskAndIndex() {
        Set<PlasmaId> seen = new HashSet<>();
        for (int actor = 0; actor < 1_000; actor++) {
            byte[] objectId = objectId(42, 5, 1);
            ByteBuffer.wrap(objectId).putInt(8, actor);
            seen.add(PlasmaIds.ofRay(objectId));
        }
        assertThat(seen).hasSize(1_000);
    }

    @Test
    void shouldGiveTheJobBack() {
        assertThat(PlasmaIds.jobOf(PlasmaIds.ofRay(objectId(random.nextLong(), 77, 3))))
                .isEqualTo(77);
    }

    @Test
    void shouldGiveForeignIdsBackUnchanged() {
        for (int i = 0; i < 1_000; i++) {
            byte[] bytes = new byte[PlasmaId.LENGTH];
            random.nextBytes(bytes);
            PlasmaId id = PlasmaId.of(bytes);
            byte[] embedded = PlasmaIds.toRay(id);
            assertThat(embedded).hasSize(PlasmaIds.RAY_LENGTH);
            assertThat(PlasmaIds.ofRay(embedded)).isEqualTo(id);
            assertThat(id.toBytes()).isEqualTo(bytes);
        }
    }

    @Test
    void shouldStayAsItIsBecauseIdsLiveLongerThanProcesses() {
        byte[] objectId = new byte[PlasmaIds.RAY_LENGTH];
        for (int i = 0; i < objectId.length; i++) {
            objectId[i] = (byte) i;
        }
        byte[] expected = Arrays.copyOf(objectId, PlasmaId.LENGTH);
        System.arraycopy(objectId, 20, expected, 8, 8);
        assertThat(Arrays.copyOf(PlasmaIds.ofRay(objectId).toBytes(), 16)).isEqualTo(Arrays.copyOf(expected, 16));
    }

    @Test
    void shouldRefuseIdsOfAnotherLength() {
        assertThatThrownBy(() -> PlasmaIds.ofRay(new byte[20])).hasMessageContaining("length=20");
    }

    private static byte[] objectId(long unique, int job, int index) {
        return ByteBuffer.allocate(PlasmaIds.RAY_LENGTH)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(unique)
                .putLong(-1)
                .putInt(-1)
                .putInt(job)
                .putInt(index)
                .array();
    }
}
