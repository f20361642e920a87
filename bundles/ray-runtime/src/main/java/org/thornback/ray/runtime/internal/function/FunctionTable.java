// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.function;

import io.ray.api.function.RayFunc;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Finds out which method a lambda or method reference stands for. Safe from any thread; a lambda without captured values is
 * taken apart once and found by its class from then on.
 */
public final class FunctionTable {
    private final ConcurrentHashMap<FunctionDescriptor, Function> functions = new ConcurrentHashMap<>();
    private final AtomicInteger nextId = new AtomicInteger();
    private final ClassValue<Resolved> byLambdaClass = new ClassValue<>() {
        @Override
        protected Resolved computeValue(Class<?> type) {
            return new Resolved();
        }
    };

    private static final class Resolved {
        private volatile BoundFunction function;
    }

    /**
     * Resolves a lambda.
     *
     * @param lambda as the program wrote it.
     * @return its function and captured values.
     */
    public BoundFunction resolve(RayFunc lambda) {
        Resolved resolved = byLambdaClass.get(lambda.getClass());
        BoundFunction known = resolved.function;
        if (known != null) {
            return known;
        }
        SerializedLambda form = takeApart(lambda);
        Function function = function(new FunctionDescriptor(
                form.getImplClass().replace('/', '.'), form.getImplMethodName(), form.getImplMethodSignature()));
        if (form.getCapturedArgCount() == 0) {
            BoundFunction bound = new BoundFunction(function);
            resolved.function = bound;
            return bound;
        }
        Object[] captured = new Object[form.getCapturedArgCount()];
        for (int i = 0; i < captured.length; i++) {
            captured[i] = form.getCapturedArg(i);
        }
        return new BoundFunction(function, captured);
    }

    /**
     * The function of a descriptor, the same object each time.
     *
     * @param descriptor names the method.
     * @return its function.
     */
    public Function function(FunctionDescriptor descriptor) {
        return functions.computeIfAbsent(descriptor, key -> new Function(nextId.getAndIncrement(), key));
    }

    private static SerializedLambda takeApart(RayFunc lambda) {
        try {
            Method writeReplace = lambda.getClass().getDeclaredMethod("writeReplace");
            writeReplace.setAccessible(true);
            return (SerializedLambda) writeReplace.invoke(lambda);
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(
                    "function of class=" + lambda.getClass().getName()
                            + " is not a lambda or method reference; pass one, for instance Main::square",
                    e);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalArgumentException(
                    "function of class=" + lambda.getClass().getName() + " cannot be taken apart: " + e, e);
        }
    }
}
