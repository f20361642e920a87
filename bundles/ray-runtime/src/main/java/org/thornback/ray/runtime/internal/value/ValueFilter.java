// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.value;

import java.io.ObjectInputFilter;
import org.thornback.ray.runtime.internal.object.Shareable;

/**
 * What may be read back as a serialized value; a filter of the JVM's own applies as well. Immutable.
 *
 * <ul>
 *   <li>No array is made that the bytes at hand could not fill: damaged bytes cost an exception, not the heap.
 *   <li>Of the runtime's own classes only tokens and exceptions: values never reach into its parts.
 * </ul>
 */
record ValueFilter(RefTokens tokens, long bytes) implements ObjectInputFilter {
    private static final String OUR_PACKAGES = "org.thornback.ray.runtime.";

    /** Elements take a byte at least; collections ask for some room more than they hold. */
    private static final int MOST_ELEMENTS_PER_BYTE = 4;

    private static final int SMALL_ARRAY = 1 << 17;

    /** Tells whether a class belongs to the runtime rather than to the program. */
    static boolean isOurs(String className) {
        return className.startsWith(OUR_PACKAGES);
    }

    @Override
    public Status checkInput(FilterInfo info) {
        if (info.arrayLength() > SMALL_ARRAY && info.arrayLength() / MOST_ELEMENTS_PER_BYTE > bytes) {
            return Status.REJECTED;
        }
        Class<?> type = info.serialClass();
        return type != null && isOurs(type.getName()) && !mayBeRead(type) ? Status.REJECTED : Status.UNDECIDED;
    }

    private boolean mayBeRead(Class<?> ours) {
        return tokens.isToken(ours)
                || Throwable.class.isAssignableFrom(ours)
                || Shareable.class.isAssignableFrom(ours); // what a token was replaced by is shown here, too
    }
}
