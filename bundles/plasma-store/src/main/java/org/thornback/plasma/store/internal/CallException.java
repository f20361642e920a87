// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import java.io.IOException;

/** A call of Linux that failed; never leaves the store without being explained or logged. */
final class CallException extends IOException {
    private static final long serialVersionUID = 1L;
    private final int errno;

    CallException(String call, int errno) {
        super(call + " failed with errno=" + errno);
        this.errno = errno;
    }

    int errno() {
        return errno;
    }
}
