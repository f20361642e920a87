// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.door;

import static java.util.Objects.requireNonNull;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.thornback.api.command.CommandProtocol;

/** Writes the frames of one reply. Its streams may be used by several threads; a frame is never torn. */
final class FrameWriter {
    private final DataOutputStream out;

    FrameWriter(DataOutputStream out) {
        this.out = requireNonNull(out, "out");
    }

    /**
     * A stream whose bytes become frames.
     *
     * @param kind of the frames.
     * @return buffered: a frame leaves when the buffer is full or the stream is flushed.
     */
    OutputStream stream(byte kind) {
        return new BufferedOutputStream(
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        write(new byte[] {(byte) b}, 0, 1);
                    }

                    @Override
                    public void write(byte[] bytes, int offset, int length) throws IOException {
                        frame(kind, bytes, offset, length);
                    }
                },
                1 << 13);
    }

    /**
     * Ends the reply.
     *
     * @param status exit status of the command.
     * @throws IOException when nobody reads any more.
     */
    void exit(int status) throws IOException {
        byte[] bytes = {(byte) (status >>> 24), (byte) (status >>> 16), (byte) (status >>> 8), (byte) status};
        frame(CommandProtocol.EXIT, bytes, 0, bytes.length);
    }

    private synchronized void frame(byte kind, byte[] bytes, int offset, int length) throws IOException {
        out.writeByte(kind);
        out.writeInt(length);
        out.write(bytes, offset, length);
        out.flush();
    }
}
