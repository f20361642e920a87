// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.owner;

/**
 * The last call of a connection that its worker has started; those before it have started, too.
 *
 * @param id    of the call: 0 when none has, {@link Long#MAX_VALUE} when nothing is known.
 * @param since {@link System#nanoTime} of its start, which is the same clock in all processes of a machine.
 */
public record StartedCall(long id, long since) {
    /** No call has started. */
    public static final StartedCall NONE = new StartedCall(0, 0);

    /** Nobody knows which have. */
    public static final StartedCall UNKNOWN = new StartedCall(Long.MAX_VALUE, 0);
}
