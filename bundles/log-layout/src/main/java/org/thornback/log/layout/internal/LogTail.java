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

/** Reads what was added to a file, in complete lines. Owned by the log monitor's thread. */
final class LogTail {
    private static final int MOST_AT_ONCE = 256 << 10;

    private final Path file;
    private long position;

    LogTail(Path file) {
        this.file = requireNonNull(file, "file");
    }

    /** Complete lines since the last call; empty when there are none. */
    String read() throws IOException {
        long size = Files.size(file);
        if (size <= position) {
            return "";
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(MOST_AT_ONCE, size - position));
            channel.read(bytes, position);
            int end = bytes.position();
            int length = end;
            while (length > 0 && bytes.get(length - 1) != '\n') {
                length--;
            }
            if (length == 0 && end == MOST_AT_ONCE) {
                length = end; // a line longer than we hold goes in pieces
            }
            position += length;
            return new String(bytes.array(), 0, length, StandardCharsets.UTF_8);
        }
    }
}
