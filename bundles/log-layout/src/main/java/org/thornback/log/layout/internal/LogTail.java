// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.log.layout.internal;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Reads what was added to a file, in complete lines. What its writer left without a line feed, and does not go on with, is
 * given out after a while as a line. Owned by the log monitor's thread.
 */
final class LogTail {
    private static final int MOST_AT_ONCE = 256 << 10;

    private final Path file;
    private final int patience;
    private long position;
    private long sizeSeen;
    private int looksInVain;

    /**
     * Begins at the start of a file.
     *
     * @param file     to follow.
     * @param patience how many looks in vain it takes until a line without an end is given out.
     */
    LogTail(Path file, int patience) {
        this.file = requireNonNull(file, "file");
        this.patience = patience;
    }

    /** Begins where a predecessor was; a line it saw half is read whole. */
    LogTail(Path file, int patience, long position) {
        this(file, patience);
        this.position = position;
    }

    /** How many bytes have been given out. */
    long position() {
        return position;
    }

    /** Lines since the last call, each ended by a line feed; empty when there are none. */
    String read() throws IOException {
        long size = Files.size(file);
        if (size < position) {
            position = 0; // somebody emptied it
        }
        looksInVain = size == sizeSeen ? looksInVain + 1 : 0;
        sizeSeen = size;
        if (size == position) {
            return "";
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(MOST_AT_ONCE, size - position));
            channel.read(bytes, position);
            bytes.flip();
            int length = completeLines(bytes);
            if (length > 0) {
                return take(bytes, length);
            }
            if (bytes.limit() == MOST_AT_ONCE) {
                return take(bytes, wholeCharacters(bytes)); // a line longer than we hold goes in pieces
            }
            return looksInVain >= patience ? take(bytes, bytes.limit()) + "\n" : "";
        }
    }

    private String take(ByteBuffer bytes, int length) {
        position += length;
        return new String(bytes.array(), 0, length, StandardCharsets.UTF_8);
    }

    private static int completeLines(ByteBuffer bytes) {
        int length = bytes.limit();
        while (length > 0 && bytes.get(length - 1) != '\n') {
            length--;
        }
        return length;
    }

    /** Without the bytes of a character that goes on behind them. */
    private static int wholeCharacters(ByteBuffer bytes) {
        int length = bytes.limit();
        while (length > 1 && (bytes.get(length - 1) & 0xc0) == 0x80) {
            length--;
        }
        return length - 1;
    }
}
