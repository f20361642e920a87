// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.function;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

/** A method or constructor of the program, ready to be called in a worker. Immutable. */
public sealed interface Invocable {

    /**
     * Calls it.
     *
     * @param receiver  the actor for an actor's call, else null.
     * @param arguments of the call.
     * @return what it returns; null for void.
     * @throws InvocationTargetException carrying what the program threw.
     */
    Object invoke(Object receiver, Object[] arguments) throws InvocationTargetException;

    /**
     * How often it may run at once with others: the concurrency group its declaration names.
     *
     * @return group name, empty for the default group.
     */
    default String concurrencyGroup() {
        return "";
    }

    /**
     * A static method, or an instance method whose receiver comes with the call.
     *
     * @param method           to call, accessible.
     * @param concurrencyGroup it declares; empty for none.
     */
    record MethodCall(Method method, String concurrencyGroup) implements Invocable {
        @Override
        public Object invoke(Object receiver, Object[] arguments) throws InvocationTargetException {
            try {
                if (!Modifier.isStatic(method.getModifiers())) {
                    return receiver != null
                            ? method.invoke(receiver, arguments)
                            : method.invoke(arguments[0], tail(arguments));
                }
                return receiver == null || method.getParameterCount() == arguments.length
                        ? method.invoke(null, arguments)
                        : method.invoke(null, withReceiver(receiver, arguments));
            } catch (IllegalAccessException e) {
                throw new IllegalStateException("method=" + method + " is not accessible", e);
            }
        }

        private static Object[] withReceiver(Object receiver, Object[] arguments) {
            Object[] all = new Object[arguments.length + 1];
            all[0] = receiver;
            System.arraycopy(arguments, 0, all, 1, arguments.length);
            return all;
        }

        private static Object[] tail(Object[] arguments) {
            Object[] rest = new Object[arguments.length - 1];
            System.arraycopy(arguments, 1, rest, 0, rest.length);
            return rest;
        }
    }

    /**
     * A constructor.
     *
     * @param constructor to call, accessible.
     */
    record ConstructorCall(Constructor<?> constructor) implements Invocable {
        @Override
        public Object invoke(Object receiver, Object[] arguments) throws InvocationTargetException {
            try {
                return constructor.newInstance(arguments);
            } catch (IllegalAccessException | InstantiationException e) {
                throw new IllegalStateException("constructor=" + constructor + " cannot be called", e);
            }
        }
    }
}
