// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.benchmarks;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.thornback.ray.runtime.internal.value.EncodedValue;
import org.thornback.ray.runtime.internal.value.ObjectSerializer;
import org.thornback.ray.runtime.internal.value.RefTokens;
import org.thornback.ray.runtime.internal.value.ValueCodec;

/** What it costs to turn a value into bytes and back. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ValueCodecBenchmark {
    /** Kind of value. */
    @Param({"integer", "text", "bytes", "record"})
    public String kind;

    private final ValueCodec codec =
            new ValueCodec(new ObjectSerializer(ValueCodecBenchmark.class::getClassLoader, new NoTokens()));
    private Object value;

    /** Something without a tag of its own. */
    private record Point(int x, int y) implements java.io.Serializable {}

    private static final class NoTokens implements RefTokens {
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

    /** Makes the value. */
    @Setup
    public void setup() {
        value = switch (kind) {
            case "integer" -> 4711;
            case "text" -> "a text of an ordinary length, with an ä in it";
            case "bytes" -> new byte[1024];
            default -> new Point(1, 2);
        };
    }

    /**
     * There and back.
     *
     * @return the value that came back.
     */
    @Benchmark
    public Object roundTrip() {
        EncodedValue encoded = codec.encode(value);
        MemorySegment body = encoded.body();
        return codec.decode(encoded.tag(), body);
    }
}
