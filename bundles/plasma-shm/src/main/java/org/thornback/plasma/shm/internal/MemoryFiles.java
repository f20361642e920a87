// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.shm.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;

/**
 * The five calls of Linux that make a file without a name and give it memory.
 *
 * <p>All go through libc's {@code syscall}: one downcall of one shape, because each further shape costs milliseconds at start.
 * Safe from any thread.
 */
final class MemoryFiles {
    static final int ENOSPC = 28;
    static final int ENOMEM = 12;
    private static final int EINTR = 4;
    private static final int EISDIR = 21;
    private static final int EOPNOTSUPP = 95;

    private static final long AT_FDCWD = -100;
    private static final long MFD_CLOEXEC = 1;
    private static final long O_RDWR = 2;
    private static final long O_CREAT = 0x40;
    private static final long O_EXCL = 0x80;
    private static final long O_CLOEXEC = 0x80000;
    private static final long OWNER_ONLY = 0600;

    private static final boolean ARM = "aarch64".equals(System.getProperty("os.arch"));
    private static final long O_TMPFILE = 0x400000 | (ARM ? 0x4000 : 0x10000);
    private static final long MEMFD_CREATE = ARM ? 279 : 319;
    private static final long OPENAT = ARM ? 56 : 257;
    private static final long UNLINKAT = ARM ? 35 : 263;
    private static final long FTRUNCATE = ARM ? 46 : 77;
    private static final long FALLOCATE = ARM ? 47 : 285;
    private static final long CLOSE = ARM ? 57 : 3;

    private static final StructLayout CAPTURED = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = CAPTURED.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final MethodHandle SYSCALL = Linker.nativeLinker()
            .downcallHandle(
                    Linker.nativeLinker().defaultLookup().findOrThrow("syscall"),
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG),
                    Linker.Option.captureCallState("errno"));

    private MemoryFiles() {}

    /** A call of Linux that failed. */
    static final class CallException extends IOException {
        private static final long serialVersionUID = 1L;
        private final int errno;

        CallException(String call, int errno) {
            super(call + " failed with errno=" + errno + describe(errno));
            this.errno = errno;
        }

        int errno() {
            return errno;
        }

        private static String describe(int errno) {
            return switch (errno) {
                case 1, 13 -> " (permission denied)";
                case 2 -> " (no such file or directory)";
                case ENOMEM -> " (out of memory)";
                case 20 -> " (not a directory)";
                case 23, 24 -> " (too many open files)";
                case 27 -> " (file too large)";
                case ENOSPC -> " (no space left)";
                case 30 -> " (read-only file system)";
                default -> "";
            };
        }
    }

    /** A new anonymous memory file. */
    static int anonymous(String name) throws CallException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocateFrom(name, UTF_8);
            return (int) call("memfd_create", MEMFD_CREATE, text.address(), MFD_CLOEXEC, 0, 0);
        }
    }

    /** A new file in a directory that has no name there, or loses it at once where the file system cannot do without. */
    static int nameless(Path directory) throws CallException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment folder = arena.allocateFrom(directory.toString(), UTF_8);
            try {
                long flags = O_TMPFILE | O_RDWR | O_CLOEXEC;
                return (int) call("open " + directory, OPENAT, AT_FDCWD, folder.address(), flags, OWNER_ONLY);
            } catch (CallException e) {
                if (e.errno() != EOPNOTSUPP && e.errno() != EISDIR) {
                    throw e;
                }
            }
            Path name = directory.resolve("thornback-" + ProcessHandle.current().pid() + "-" + System.nanoTime());
            MemorySegment file = arena.allocateFrom(name.toString(), UTF_8);
            long flags = O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC;
            int descriptor = (int) call("open " + name, OPENAT, AT_FDCWD, file.address(), flags, OWNER_ONLY);
            call("unlink " + name, UNLINKAT, AT_FDCWD, file.address(), 0, 0);
            return descriptor;
        }
    }

    static void resize(int descriptor, long length) throws CallException {
        call("ftruncate to " + length + " bytes", FTRUNCATE, descriptor, length, 0, 0);
    }

    static void reserve(int descriptor, long length) throws CallException {
        call("fallocate of " + length + " bytes", FALLOCATE, descriptor, 0, 0, length);
    }

    static void close(int descriptor) throws CallException {
        call("close", CLOSE, descriptor, 0, 0, 0);
    }

    private static long call(String what, long number, long a, long b, long c, long d) throws CallException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CAPTURED);
            while (true) {
                long result = (long) SYSCALL.invokeExact(state, number, a, b, c, d, 0L, 0L);
                if (result >= 0) {
                    return result;
                }
                int errno = (int) ERRNO.get(state, 0L);
                if (errno != EINTR) {
                    throw new CallException(what, errno);
                }
            }
        } catch (CallException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(what + " could not be called", e);
        }
    }
}
