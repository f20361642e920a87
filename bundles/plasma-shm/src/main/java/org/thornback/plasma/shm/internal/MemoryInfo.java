// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.shm.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much memory the machine has, as the kernel says. */
final class MemoryInfo {
    private static final Path SOURCE = Path.of("/proc/meminfo");

    private MemoryInfo() {}

    static long total() throws IOException {
        return bytes("MemTotal:");
    }

    static long available() throws IOException {
        return bytes("MemAvailable:");
    }

    private static long bytes(String key) throws IOException {
        for (String line : Files.readAllLines(SOURCE)) {
            if (line.startsWith(key)) {
                String kibibytes =
                        line.substring(key.length()).replace("kB", "").trim();
                return Long.parseLong(kibibytes) << 10;
            }
        }
        throw new IOException(SOURCE + " has no " + key);
    }
}
