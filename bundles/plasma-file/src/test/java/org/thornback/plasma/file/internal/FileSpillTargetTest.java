// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.file.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSpillTargetTest {
    @TempDir
    Path directory;

    private static byte[] bytes(int length, int seed) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 13 + seed);
        }
        return bytes;
    }

    private static byte[] read(FileSpillTarget target, long place, int length) throws IOException {
        MemorySegment into = MemorySegment.ofArray(new byte[length]);
        target.read(place, into);
        return into.toArray(ValueLayout.JAVA_BYTE);
    }

    @Test
    void shouldGiveBackWhatItWasGivenWhateverHasGoneMeanwhile() throws IOException {
        FileSpillTarget target = new FileSpillTarget(directory.resolve("new"));
        SplittableRandom random = new SplittableRandom(7);
        Map<Long, byte[]> there = new HashMap<>();
        long most = 0;
        for (int round = 0; round < 2000; round++) {
            if (there.size() > 20 || !there.isEmpty() && random.nextInt(3) == 0) {
                long place = new ArrayList<>(there.keySet()).get(random.nextInt(there.size()));
                byte[] expected = there.remove(place);
                assertThat(read(target, place, expected.length)).isEqualTo(expected);
                target.free(place, expected.length);
            } else {
                byte[] value = bytes(1 + random.nextInt(5000), round);
                long place = target.write(MemorySegment.ofArray(value));
                assertThat(there.put(place, value)).as("place given twice").isNull();
                most = Math.max(most, place + value.length);
            }
        }
        assertThat(most).as("bytes of the file").isLessThan(3L * 21 * 5000);
        for (Map.Entry<Long, byte[]> entry : List.copyOf(there.entrySet())) {
            target.free(entry.getKey(), entry.getValue().length);
        }
        assertThat(target.write(MemorySegment.ofArray(bytes(10, 1))))
                .as("place in the empty file")
                .isZero();
    }

    @Test
    void shouldHaveNoNameThatCouldBeLeftBehind() throws IOException {
        FileSpillTarget target = new FileSpillTarget(directory);
        long place = target.write(MemorySegment.ofArray(bytes(100_000, 3)));
        try (var files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
        assertThat(read(target, place, 100_000)).isEqualTo(bytes(100_000, 3));
    }
}
