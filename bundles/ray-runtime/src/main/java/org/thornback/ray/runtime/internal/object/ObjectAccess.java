// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.object;

import static java.util.Objects.requireNonNull;

import io.ray.api.exception.RayException;
import io.ray.api.exception.RayTimeoutException;
import io.ray.api.id.ObjectId;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.thornback.api.store.PlasmaId;
import org.thornback.layout.PlasmaIds;
import org.thornback.ray.runtime.internal.value.EncodedValue;
import org.thornback.ray.runtime.internal.value.ValueCodec;
import org.thornback.ray.runtime.internal.value.ValueTag;

/**
 * Put, get and wait of one process.
 *
 * <ul>
 *   <li>What this process owns it learns by its calls' answers; what came from elsewhere it finds in the store.
 *   <li>A value up to {@link #MAX_INLINE} bytes is kept here too, so that reading it again asks nobody.
 * </ul>
 *
 * <p>Safe from any thread.
 */
public final class ObjectAccess {
    /** Longest value that travels in a message, in bytes (Ray's {@code max_direct_call_object_size}). */
    public static final int MAX_INLINE = 100 << 10;

    private final IdGenerator ids;
    private final ValueCodec codec;
    private final LocalStore store;
    private final ObjectTable table;
    private final BlockingWait blocking;
    private final AtomicInteger failures = new AtomicInteger();

    /**
     * Joins the parts.
     *
     * @param ids      makes object ids.
     * @param codec    turns values into bytes.
     * @param store    the node's store as this process sees it.
     * @param table    references known here.
     * @param blocking how a thread of this process waits.
     */
    public ObjectAccess(IdGenerator ids, ValueCodec codec, LocalStore store, ObjectTable table, BlockingWait blocking) {
        this.ids = requireNonNull(ids, "ids");
        this.codec = requireNonNull(codec, "codec");
        this.store = requireNonNull(store, "store");
        this.table = requireNonNull(table, "table");
        this.blocking = requireNonNull(blocking, "blocking");
    }

    /**
     * Stores a value.
     *
     * @param value anything.
     * @param <T>   its type.
     * @return its reference.
     */
    public <T> RayObject<T> put(T value) {
        EncodedValue encoded = value instanceof RayException error ? codec.encodeError(error) : codec.encode(value);
        return put(encoded);
    }

    /**
     * Stores an encoded value.
     *
     * @param value to store.
     * @param <T>   its type.
     * @return its reference.
     */
    public <T> RayObject<T> put(EncodedValue value) {
        RayObject<T> object = new RayObject<>(ids.putId(), this, true);
        object.markStored();
        value.refs().forEach(Shareable::share);
        store.put(object.id(), value.tag().metadata(), value.body());
        Outcome outcome = value.size() <= MAX_INLINE
                ? new Outcome.Inline(value.tag(), value.body().toArray(ValueLayout.JAVA_BYTE))
                : new Outcome.Stored(value.size());
        if (outcome instanceof Outcome.Inline) {
            table.hold(object); // of a Stored outcome complete() takes care
        }
        object.complete(outcome, value.refs());
        return object;
    }

    /**
     * A reference to the result of a call that is about to be made.
     *
     * @param id  28 bytes.
     * @param <T> type of the result.
     * @return a reference without an outcome yet.
     */
    public <T> RayObject<T> expect(byte[] id) {
        return new RayObject<>(id, this, true);
    }

    /**
     * A reference that came from another process.
     *
     * @param id 28 bytes.
     * @return the one reference of this process to it.
     */
    public RayObject<?> borrow(byte[] id) {
        return table.find(new ObjectId(id), () -> new RayObject<>(id, this, false));
    }

    /**
     * A reference to an object in the store that has no id of Ray's.
     *
     * @param id of the store.
     * @return the one reference of this process to it.
     */
    public RayObject<?> foreign(PlasmaId id) {
        return borrow(PlasmaIds.toRay(id));
    }

    /**
     * The id an object has in the store; from then on it is there, however small it is.
     *
     * @param object waited for.
     * @return the id by which everybody who is connected to the store finds it.
     */
    public PlasmaId stored(RayObject<?> object) {
        await(() -> isReady(object), Long.MAX_VALUE);
        object.share();
        return PlasmaIds.ofRay(object.id());
    }

    /**
     * Metadata of an object in the store.
     *
     * @param object waited for.
     * @return a copy; empty when it is not in the store.
     */
    public Optional<byte[]> metadata(RayObject<?> object) {
        await(() -> isReady(object), Long.MAX_VALUE);
        return store.metadata(object.id());
    }

    /**
     * Reads a value, waiting for it.
     *
     * @param object    whose value.
     * @param timeoutMs longest wait; {@link Long#MAX_VALUE} for ever.
     * @param <T>       type of the value.
     * @return the value, a copy of its own or a read-only view.
     */
    @SuppressWarnings("unchecked")
    public <T> T get(RayObject<T> object, long timeoutMs) {
        if (object.outcome() == null && !await(() -> isReady(object), timeoutMs)) {
            throw new RayTimeoutException(
                    "Get timed out: some object(s) not ready within " + timeoutMs + " ms: " + object);
        }
        return (T) ErrorRaiser.valueOrThrow(read(object), object);
    }

    /**
     * Reads several values, waiting for all; the first error ends the wait.
     *
     * @param objects   whose values.
     * @param timeoutMs longest wait; {@link Long#MAX_VALUE} for ever.
     * @return values in the order of {@code objects}.
     */
    public List<Object> get(List<RayObject<?>> objects, long timeoutMs) {
        ReadyScan scan = new ReadyScan(objects, this);
        if (!scan.isOver() && !await(scan::isOver, timeoutMs)) {
            throw new RayTimeoutException(
                    "Get timed out: some object(s) not ready within " + timeoutMs + " ms: " + scan.firstPending());
        }
        RayObject<?> failed = scan.failed();
        if (failed != null) {
            ErrorRaiser.valueOrThrow(read(failed), failed);
        }
        List<Object> values = new ArrayList<>(objects.size());
        for (RayObject<?> object : objects) {
            values.add(ErrorRaiser.valueOrThrow(read(object), object));
        }
        return values;
    }

    /**
     * Waits until some objects are there.
     *
     * @param objects   candidates.
     * @param count     how many are enough.
     * @param timeoutMs longest wait.
     * @return for each candidate whether it is there.
     */
    public boolean[] waitFor(List<RayObject<?>> objects, int count, long timeoutMs) {
        ReadyCount ready = new ReadyCount(objects, this);
        BooleanSupplier enough = () -> ready.count() >= count;
        if (!enough.getAsBoolean()) {
            await(enough, timeoutMs);
        }
        return ready.flags(count);
    }

    /**
     * Tells whether a get would return at once. For a reference from elsewhere the store is asked, and asked to tell.
     *
     * @param object to look for.
     * @return true when its outcome is known or its value is in the store.
     */
    boolean isReady(RayObject<?> object) {
        if (object.outcome() != null) {
            return true;
        }
        if (object.owned()) {
            return false;
        }
        if (store.contains(object.id())) {
            return true;
        }
        store.tellWhenSealed(object.id(), blocking::signal);
        return store.contains(object.id());
    }

    /** How many objects have failed so far: a waiting list looks for its own only when this has changed. */
    int failures() {
        return failures.get();
    }

    void noteFailure() {
        failures.incrementAndGet();
    }

    void hold(RayObject<?> object) {
        table.hold(object);
    }

    void remember(RayObject<?> object) {
        table.remember(object);
    }

    void publish(RayObject<?> object, Outcome.Inline value) {
        object.contained().forEach(Shareable::share);
        store.put(object.id(), value.tag().metadata(), MemorySegment.ofArray(value.body()));
        table.hold(object);
    }

    private boolean await(BooleanSupplier done, long timeoutMs) {
        long nanos = timeoutMs == Long.MAX_VALUE || timeoutMs > TimeUnit.NANOSECONDS.toMillis(Long.MAX_VALUE)
                ? Long.MAX_VALUE
                : TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        return blocking.await(done, nanos);
    }

    private Optional<StoredValue> read(RayObject<?> object) {
        if (object.outcome() instanceof Outcome.Inline(ValueTag tag, byte[] body)) {
            return Optional.of(new StoredValue(codec.decode(tag, MemorySegment.ofArray(body)), tag.isError()));
        }
        return store.read(object.id(), codec);
    }
}
