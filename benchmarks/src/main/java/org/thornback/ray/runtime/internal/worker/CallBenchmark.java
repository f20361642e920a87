// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.worker;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.thornback.layout.SegmentBuffer;
import org.thornback.ray.runtime.internal.function.Function;
import org.thornback.ray.runtime.internal.function.FunctionDescriptor;
import org.thornback.ray.runtime.internal.function.FunctionTable;
import org.thornback.ray.runtime.internal.object.BlockingWait;
import org.thornback.ray.runtime.internal.object.IdGenerator;
import org.thornback.ray.runtime.internal.object.LocalStore;
import org.thornback.ray.runtime.internal.object.ObjectAccess;
import org.thornback.ray.runtime.internal.object.ObjectTable;
import org.thornback.ray.runtime.internal.object.ReferenceLedger;
import org.thornback.ray.runtime.internal.object.StoredValue;
import org.thornback.ray.runtime.internal.owner.CallEncoder;
import org.thornback.ray.runtime.internal.value.ObjectSerializer;
import org.thornback.ray.runtime.internal.value.RefTokens;
import org.thornback.ray.runtime.internal.value.ValueCodec;

/** A call into its message, as the owner does it, and the message into a call, as the worker does. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CallBenchmark {
    private static final FunctionDescriptor DESCRIPTOR = new FunctionDescriptor("Program", "square", "(I)I");

    @Param({"0", "2"})
    private int arguments;

    private final IdGenerator ids = new IdGenerator(1);
    private final Function function = new FunctionTable().function(DESCRIPTOR);
    private final CallReader reader = new CallReader();
    private CallEncoder encoder;
    private Object[] values;
    private SegmentBuffer message;

    /** Joins the real parts around a store that no small argument ever reaches. */
    @Setup
    public void setUp() {
        ValueCodec codec =
                new ValueCodec(new ObjectSerializer(CallBenchmark.class::getClassLoader, new NoReferences()));
        ObjectTable table = new ObjectTable(new ReferenceLedger(new byte[28], changes -> {}, () -> {}));
        encoder = new CallEncoder(codec, new ObjectAccess(ids, codec, new Unreached(), table, new Unreached()));
        values = new Object[arguments];
        Arrays.setAll(values, number -> number);
        message = new SegmentBuffer(MemorySegment.ofArray(encode()));
    }

    /**
     * All an owner does for the message of a call.
     *
     * @return the message.
     */
    @Benchmark
    public byte[] encode() {
        return encoder.encode(ids.taskId(), function, false, encoder.prepare(values), "", "");
    }

    /**
     * All a worker does to know what is asked of it.
     *
     * @return the call.
     */
    @Benchmark
    public Object read() {
        return reader.read(null, message, 0, id -> DESCRIPTOR);
    }

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

    private static final class Unreached implements LocalStore, BlockingWait {
        @Override
        public void put(byte[] objectId, byte[] metadata, MemorySegment body) {
            throw unexpected();
        }

        @Override
        public boolean contains(byte[] objectId) {
            throw unexpected();
        }

        @Override
        public void tellWhenSealed(byte[] objectId, Runnable action) {
            throw unexpected();
        }

        @Override
        public Optional<StoredValue> read(byte[] objectId, ValueCodec codec) {
            throw unexpected();
        }

        @Override
        public Optional<byte[]> metadata(byte[] objectId) {
            throw unexpected();
        }

        @Override
        public boolean await(BooleanSupplier done, long timeoutNanos) {
            throw unexpected();
        }

        @Override
        public void signal() {
            throw unexpected();
        }

        private static IllegalStateException unexpected() {
            return new IllegalStateException("small arguments go inline");
        }
    }
}
