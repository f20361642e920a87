// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.benchmarks.micro;

import java.io.Serializable;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.thornback.ray.runtime.internal.value.EncodedValue;
import org.thornback.ray.runtime.internal.value.ObjectSerializer;
import org.thornback.ray.runtime.internal.value.RefTokens;
import org.thornback.ray.runtime.internal.value.ValueCodec;

/** Values into bytes and back. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ValueCodecBenchmark {

    /** What is encoded: one value of each path, of the short ones and of Java serialization. */
    public enum Sample {
        /** The commonest result. */
        INTEGER(42),
        /** Text that fits in Latin-1. */
        STRING("a rather short text"),
        /** Not copied by the encoder. */
        KIBIBYTE(new byte[1024]),
        /** Java serialization. */
        RECORD(new Point(1, 2));

        private final Object value;

        Sample(Object value) {
            this.value = value;
        }
    }

    private record Point(int x, int y) implements Serializable {}

    @Param
    private Sample sample;

    private final ValueCodec codec =
            new ValueCodec(new ObjectSerializer(ValueCodecBenchmark.class::getClassLoader, new NoReferences()));
    private EncodedValue encoded;

    /** Encodes once, for the way back. */
    @Setup
    public void setUp() {
        encoded = codec.encode(sample.value);
    }

    /**
     * A value into bytes.
     *
     * @return the bytes.
     */
    @Benchmark
    public EncodedValue encode() {
        return codec.encode(sample.value);
    }

    /**
     * Bytes into a value.
     *
     * @return the value.
     */
    @Benchmark
    public Object decode() {
        MemorySegment body = encoded.body();
        return codec.decode(encoded.tag(), body);
    }

    /** Values of benchmarks hold no references. */
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
}
