// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.program;

import io.ray.api.concurrencygroup.annotations.UseConcurrencyGroup;

/** An interface with a group for one of its methods, and a method of its own. */
public interface Watched {

    /** Reads. */
    @UseConcurrencyGroup(name = "readers")
    int read();

    /** Twice what is read. */
    default int twice() {
        return 2 * read();
    }
}
