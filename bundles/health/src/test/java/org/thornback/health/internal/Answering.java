// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.health.internal;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.function.Supplier;

/** A part of a node of which only some methods are asked; any other throws. */
final class Answering {
    private Answering() {}

    static <T> T of(Class<T> type, Map<String, Supplier<?>> answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, words) -> {
            Supplier<?> answer = answers.get(method.getName());
            if (answer != null) {
                return answer.get();
            }
            return switch (method.getName()) {
                case "hashCode" -> System.identityHashCode(self);
                case "equals" -> self == words[0];
                case "toString" -> "answering " + type.getSimpleName();
                default -> throw new UnsupportedOperationException(method.getName());
            };
        }));
    }
}
