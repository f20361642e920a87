// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.boot;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the session directory into the command line of this process, where {@code ps} and {@code ray stop} see it.
 *
 * <p>A node learns its session only after it has started. {@code bin/ray} therefore passes {@link #PREFIX} with a long row
 * of dots, and this class replaces the dots in the memory of the process: Linux shows the command line from there. The JVM
 * has read its flags by then. Where that is not possible nothing is lost but the text.
 */
final class ProcessTitle {
    /** What stands in front of the session directory. */
    static final String PREFIX = "-Dthornback.session=";

    private static final Logger LOG = LoggerFactory.getLogger("ray.launcher");
    private static final int ARG_START = 48;
    private static final int ARG_END = 49;

    private ProcessTitle() {}

    /**
     * Shows a text behind {@link #PREFIX}.
     *
     * @param text cut to the room there is; at most the row of dots.
     */
    static void show(String text) {
        try (RandomAccessFile memory = new RandomAccessFile("/proc/self/mem", "rw")) {
            String[] fields = statFields(Files.readString(Path.of("/proc/self/stat")));
            long start = Long.parseLong(fields[ARG_START - 3]);
            int length = Math.toIntExact(Long.parseLong(fields[ARG_END - 3]) - start);
            byte[] line = new byte[length];
            memory.seek(start);
            memory.readFully(line);
            int at = indexOf(line, PREFIX.getBytes(StandardCharsets.UTF_8));
            if (at < 0) {
                return;
            }
            int end = at;
            while (end < length && line[end] != 0) {
                end++;
            }
            byte[] room = new byte[end - at];
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            Arrays.fill(room, (byte) ' ');
            System.arraycopy(bytes, 0, room, 0, Math.min(bytes.length, room.length));
            memory.seek(start + at);
            memory.write(room);
        } catch (IOException | RuntimeException impossible) {
            LOG.info("the command line of this process cannot show the session: {}", impossible.toString());
        }
    }

    /** Fields from the third on: the second, the name, may hold blanks and ends at the last parenthesis. */
    private static String[] statFields(String stat) {
        return stat.substring(stat.lastIndexOf(')') + 2).strip().split(" ");
    }

    private static int indexOf(byte[] line, byte[] wanted) {
        for (int i = 0; i + wanted.length <= line.length; i++) {
            if (Arrays.equals(line, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i + wanted.length;
            }
        }
        return -1;
    }
}
