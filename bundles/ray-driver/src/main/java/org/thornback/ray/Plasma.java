// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray;

import io.ray.api.ObjectRef;
import io.ray.api.Ray;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/**
 * Objects shared with programs that are connected to the node's object store without being Ray programs, such as
 * {@code pyarrow.plasma}. Both sides see the same bytes, without a copy.
 *
 * <p>An object of such a program reads as {@code byte[]}, and as a read-only {@code ByteBuffer} or {@code MemorySegment} does for
 * Ray's own. The body of a {@code byte[]} that a Ray program puts is the raw bytes; what kind of value it is stands in its
 * metadata.
 *
 * <p>Safe from any thread of a driver or worker, after {@code Ray.init()}.
 */
public final class Plasma {
    /** Length of an id in the store, in bytes. */
    public static final int ID_LENGTH = 20;

    private Plasma() {}

    /**
     * A reference to an object by its id in the store; getting it waits until somebody has sealed it.
     *
     * @param id 20 bytes, as {@code ObjectID.binary()} gives them in Python.
     * @param <T> type of the value, {@code byte[]} for what was not put by a Ray program.
     * @return a reference that may be passed on like any other.
     */
    @SuppressWarnings("unchecked")
    public static <T> ObjectRef<T> ref(byte[] id) {
        if (id.length != ID_LENGTH) {
            throw new IllegalArgumentException("plasma id length=" + id.length + ", expected " + ID_LENGTH
                    + " bytes: pass ObjectID.binary() of Python");
        }
        return (ObjectRef<T>) call("plasmaRef", byte[].class, id);
    }

    /**
     * The id under which others find an object in the store. Waits for the object, and puts it there if it was too small to be.
     *
     * @param reference of a Ray program.
     * @return 20 bytes, for {@code plasma.ObjectID(…)} in Python.
     */
    public static byte[] id(ObjectRef<?> reference) {
        return (byte[]) call("plasmaId", ObjectRef.class, reference);
    }

    /**
     * The metadata an object was made with. Waits for the object.
     *
     * @param reference of any object.
     * @return a copy; null when the object is not in this node's store.
     */
    public static byte[] metadata(ObjectRef<?> reference) {
        return (byte[]) call("plasmaMetadata", ObjectRef.class, reference);
    }

    /** The runtime is loaded by a class loader of its own, so only its name is known here. */
    private static Object call(String name, Class<?> type, Object argument) {
        Object runtime = Ray.internal();
        try {
            Method method = runtime.getClass().getMethod(name, type);
            return method.invoke(runtime, argument);
        } catch (InvocationTargetException failure) {
            if (failure.getCause() instanceof RuntimeException) {
                throw (RuntimeException) failure.getCause();
            }
            throw new IllegalStateException(failure.getCause());
        } catch (ReflectiveOperationException other) {
            throw new IllegalStateException(
                    "runtime=" + runtime.getClass().getName() + " is not Thornback's: Plasma works with it alone",
                    other);
        }
    }
}
