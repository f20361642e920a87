// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.shell;

import java.io.IOException;
import java.util.Optional;
import java.util.function.IntSupplier;

/** Where the lines of a shell come from. Used by one thread. */
public interface Lines extends AutoCloseable {

    /** Exit status of a line that its user interrupted, as shells have it. */
    int INTERRUPTED = 130;

    /**
     * The next line.
     *
     * @return empty when there is none any more.
     * @throws IOException when they cannot be read.
     */
    Optional<String> next() throws IOException;

    /**
     * Columns of what the user sees.
     *
     * @return 0 where nobody looks.
     */
    int width();

    /**
     * Asks the user, who has been told what for.
     *
     * @return false where nobody can be asked.
     */
    boolean agrees();

    /**
     * Runs something that the user may interrupt.
     *
     * @param action its thread is interrupted when the user wants it to end.
     * @return what it returns, {@link #INTERRUPTED} when it was interrupted.
     */
    int interruptibly(IntSupplier action);

    @Override
    void close() throws IOException;
}
