// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.shell.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/** Copies a log file, and what is written to it meanwhile. One for each copy; used by one thread. */
final class LogReader {
    private static final int BLOCK = 1 << 16;
    private static final long LOOK_MILLIS = 200;

    private final Path file;
    private long read;
    private Object key;

    LogReader(Path file) {
        this.file = file;
    }

    /** Copies the last lines; a negative number means all. */
    void copyEnd(int lines, OutputStream out) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            key = key();
            read = lines < 0 ? 0 : startOfLast(lines, channel);
            copy(channel, out);
        }
    }

    /** Copies what is written from now on, also by whoever replaces the file, until interrupted or nobody reads it. */
    void follow(PrintStream out) throws IOException, InterruptedException {
        while (!out.checkError()) {
            Thread.sleep(LOOK_MILLIS); // a file tells nobody that it has grown
            if (!Files.exists(file)) {
                continue; // its writer is just replacing it
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                Object now = key();
                if (!Objects.equals(key, now) || channel.size() < read) {
                    key = now;
                    read = 0;
                }
                copy(channel, out);
            }
        }
    }

    private Object key() throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    private void copy(FileChannel channel, OutputStream out) throws IOException {
        channel.position(read);
        read += Channels.newInputStream(channel).transferTo(out);
    }

    /** Where the last lines begin, found from the end. */
    private static long startOfLast(int lines, FileChannel channel) throws IOException {
        long end = channel.size();
        int left = lines + 1; // the line break at the end ends the last line and begins none
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        for (long from = end; from > 0; ) {
            int length = (int) Math.min(BLOCK, from);
            from -= length;
            block.clear().limit(length);
            while (block.hasRemaining() && channel.read(block, from + block.position()) >= 0) {
                // until the block is whole
            }
            for (int at = block.position() - 1; at >= 0; at--) {
                boolean breaks = block.get(at) == '\n';
                if (from + at == end - 1 && !breaks) {
                    left--; // the last line has no end yet
                }
                if (breaks && --left == 0) {
                    return from + at + 1;
                }
            }
        }
        return 0;
    }
}
