// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.thornback.ray.program.Sample;

class ObjectSerializerTest {
    private final AtomicReference<ClassLoader> users =
            new AtomicReference<>(ObjectSerializerTest.class.getClassLoader());
    private final ObjectSerializer serializer = new ObjectSerializer(users::get, new NoReferences());

    private static final class NoReferences implements RefTokens {
        @Override
        public Object toToken(Object object) {
            return object;
        }

        @Override
        public Object fromToken(Object object) {
            return object;
        }

        @Override
        public boolean isToken(Class<?> type) {
            return false;
        }
    }

    /** Serializable, but nothing a program may send: it lies in the runtime's packages. */
    private record Inside(int number) implements Serializable {}

    private Object read(byte[] bytes) {
        return serializer.read(MemorySegment.ofArray(bytes));
    }

    private byte[] write(Object value) {
        return serializer.write(ValueTag.SERIALIZED, value).body().toArray(ValueLayout.JAVA_BYTE);
    }

    @Test
    void shouldNameTheClassThatIsNotSerializableAndSayWhatToDo() {
        assertThatThrownBy(() -> write(new Sample(1, new Object())))
                .isInstanceOf(ValueFormatException.class)
                .hasMessageContaining("class=" + Sample.class.getName())
                .hasMessageContaining("class=java.lang.Object")
                .hasMessageContaining("java.io.Serializable");
    }

    @Test
    void shouldReadCollectionsOfAnySize() {
        var numbers = new ArrayList<Integer>();
        for (int i = 0; i < 10_000; i++) {
            numbers.add(i);
        }
        var map = new HashMap<Object, Object>();
        numbers.forEach(number -> map.put(number, null));

        assertThat(read(write(numbers))).isEqualTo(numbers);
        assertThat(read(write(map))).isEqualTo(map);
        assertThat(read(write(new HashSet<>(numbers)))).isEqualTo(new HashSet<>(numbers));
        assertThat(read(write(new HashMap<>()))).isEqualTo(new HashMap<>());
        assertThat(read(write(new HashMap<>(1 << 16)))).isEqualTo(new HashMap<>());
        assertThat((Object[]) read(write(new Object[10_000]))).hasSize(10_000);
        assertThat((PriorityQueue<?>) read(write(new PriorityQueue<>(numbers)))).hasSize(10_000);
    }

    @Test
    void shouldRefuseAnArrayLongerThanItsBytesCouldFill() {
        byte[] bytes = write(new int[][] {{1, 2, 3}});
        int length = indexOfLength(bytes, 3);
        bytes[length] = 0x7f; // about two thousand million numbers

        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(ValueFormatException.class)
                .hasMessageContaining("cannot be read back");
    }

    private static int indexOfLength(byte[] bytes, int length) {
        for (int i = bytes.length - 16; i >= 0; i--) {
            if (bytes[i] == 0 && bytes[i + 1] == 0 && bytes[i + 2] == 0 && bytes[i + 3] == length) {
                return i;
            }
        }
        throw new AssertionError("no length");
    }

    @Test
    void shouldRefuseClassesOfTheRuntimeThatAreNeitherTokensNorExceptions() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(List.of(new Inside(1)));
        }

        assertThatThrownBy(() -> read(bytes.toByteArray()))
                .isInstanceOf(ValueFormatException.class)
                .hasMessageContaining("REJECTED");
        assertThat(read(write(new ValueFormatException("of the runtime")))).isInstanceOf(ValueFormatException.class);
    }

    @Test
    void shouldRefuseWhatIsNoSerializedValue() {
        assertThatThrownBy(() -> read(new byte[] {1, 2, 3}))
                .isInstanceOf(ValueFormatException.class)
                .hasMessageContaining("cannot be read back");
    }

    @Test
    void shouldLookForClassesWhereTheUsersAreWhenItReads() throws Exception {
        byte[] bytes = write(new Sample(5, null));
        var loader = new CopyingLoader(ObjectSerializerTest.class.getClassLoader(), Sample.class.getName());
        users.set(loader);

        Object read = read(bytes);

        assertThat(read.getClass().getClassLoader()).isSameAs(loader);
        assertThat(((IntSupplier) read).getAsInt()).isEqualTo(5);
    }

    @Test
    void shouldSayWhichClassIsMissingAndWhereToPutIt() {
        String missing = "x" + Sample.class.getName().substring(1);
        byte[] bytes = new String(write(new Sample(5, null)), StandardCharsets.ISO_8859_1)
                .replace(Sample.class.getName(), missing)
                .getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(ValueFormatException.class)
                .hasMessageContaining("class=" + missing)
                .hasMessageContaining("ray.job.code-search-path");
    }

    @Test
    void shouldReadListsThatPointToThemselves() {
        List<Object> self = new ArrayList<>();
        self.add(self);

        List<?> read = (List<?>) read(write(self));

        assertThat(read.getFirst()).isSameAs(read);
    }
}
