// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.object;

/** Something of this process that may travel inside a value to others: a reference or an actor handle. */
public interface Shareable {

    /** It is about to leave this process: what others need to use it is made ready. */
    void share();
}
