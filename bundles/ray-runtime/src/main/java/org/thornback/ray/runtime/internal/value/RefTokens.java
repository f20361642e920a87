// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.value;

/** What stands for references and actor handles inside serialized values. Implemented by the runtime of the process. */
public interface RefTokens {

    /**
     * Replaces an object on the way out.
     *
     * @param object any object of the graph.
     * @return a serializable token for a reference or handle, else {@code object} itself.
     */
    Object toToken(Object object);

    /**
     * Replaces a token on the way in.
     *
     * @param object any object of the graph.
     * @return the reference or handle for a token, else {@code object} itself.
     */
    Object fromToken(Object object);

    /**
     * Tells whether a class of the runtime stands for a reference or handle in the bytes.
     *
     * @param type a class of the runtime.
     * @return false for any other, which then is refused.
     */
    boolean isToken(Class<?> type);
}
