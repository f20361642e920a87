// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.shell;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.IntSupplier;

/** Lines that come through a pipe or out of a file: nobody sees a prompt, and nobody can be asked. */
public final class PipedLines implements Lines {
    private final BufferedReader in;

    /**
     * Reads lines.
     *
     * @param in UTF-8.
     */
    public PipedLines(InputStream in) {
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    @Override
    public Optional<String> next() throws IOException {
        return Optional.ofNullable(in.readLine());
    }

    @Override
    public int width() {
        return 0;
    }

    @Override
    public boolean agrees() {
        return false;
    }

    @Override
    public int interruptibly(IntSupplier action) {
        return action.getAsInt();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
