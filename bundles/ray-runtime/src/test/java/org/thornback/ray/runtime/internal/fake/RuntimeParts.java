// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.fake;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.thornback.ray.runtime.internal.function.FunctionTable;
import org.thornback.ray.runtime.internal.object.BlockingWait;
import org.thornback.ray.runtime.internal.object.IdGenerator;
import org.thornback.ray.runtime.internal.object.ObjectAccess;
import org.thornback.ray.runtime.internal.object.ObjectTable;
import org.thornback.ray.runtime.internal.object.RayObject;
import org.thornback.ray.runtime.internal.object.ReferenceLedger;
import org.thornback.ray.runtime.internal.owner.CallEncoder;
import org.thornback.ray.runtime.internal.value.ObjectSerializer;
import org.thornback.ray.runtime.internal.value.RefTokens;
import org.thornback.ray.runtime.internal.value.ValueCodec;

/** The real parts of one process's runtime around a store on the heap, without a node. */
public final class RuntimeParts {
    /** Job of the process. */
    public static final int JOB = 7;

    private static final byte[] CLIENT = new byte[28];

    private final MemoryStore store = new MemoryStore();
    private final List<ReferenceLedger.Change> changes = Collections.synchronizedList(new ArrayList<>());
    private final ReferenceLedger ledger = new ReferenceLedger(CLIENT, changes::addAll, () -> {});
    private final IdGenerator ids = new IdGenerator(JOB);
    private final FunctionTable functions = new FunctionTable();
    private final ValueCodec codec;
    private final ObjectAccess objects;
    private final CallEncoder encoder;

    /** Stands for a reference inside a serialized value. */
    private record Token(byte[] id) implements Serializable {}

    /** A process without objects. */
    public RuntimeParts() {
        codec = new ValueCodec(new ObjectSerializer(RuntimeParts.class::getClassLoader, new References()));
        objects = new ObjectAccess(ids, codec, store, new ObjectTable(ledger), new Parking());
        encoder = new CallEncoder(codec, objects);
    }

    /** The store. */
    public MemoryStore store() {
        return store;
    }

    /** What was told of holds and releases so far, in order. */
    public List<ReferenceLedger.Change> changes() {
        ledger.flush();
        return List.copyOf(changes);
    }

    /** Makes ids. */
    public IdGenerator ids() {
        return ids;
    }

    /** Functions by method reference. */
    public FunctionTable functions() {
        return functions;
    }

    /** Turns values into bytes. */
    public ValueCodec codec() {
        return codec;
    }

    /** Put, get and wait. */
    public ObjectAccess objects() {
        return objects;
    }

    /** Makes messages of calls. */
    public CallEncoder encoder() {
        return encoder;
    }

    private final class References implements RefTokens {
        @Override
        public Object toToken(Object object) {
            return object instanceof RayObject<?> reference ? new Token(reference.id()) : object;
        }

        @Override
        public Object fromToken(Object object) {
            return object instanceof Token(byte[] id) ? objects.borrow(id) : object;
        }

        @Override
        public boolean isToken(Class<?> type) {
            return type == Token.class;
        }
    }

    /** Waits by looking again and again. */
    private static final class Parking implements BlockingWait {
        @Override
        public boolean await(BooleanSupplier done, long timeoutNanos) {
            long deadline = System.nanoTime() + Math.min(timeoutNanos, TimeUnit.HOURS.toNanos(1));
            while (!done.getAsBoolean()) {
                if (System.nanoTime() - deadline >= 0) {
                    return false;
                }
                LockSupport.parkNanos(100_000);
            }
            return true;
        }

        @Override
        public void signal() {}
    }
}
