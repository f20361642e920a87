// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * Linux as the store needs it, by numbers of calls and constants of the kernel.
 *
 * <p>All calls go through libc's {@code syscall}: one downcall of one shape, because each further shape costs milliseconds at
 * start. Safe from any thread.
 */
final class Linux {
    static final int EAGAIN = 11;
    static final int ENOMEM = 12;
    static final int ENFILE = 23;
    static final int EMFILE = 24;
    static final int ENOSPC = 28;
    static final int EISDIR = 21;
    static final int EOPNOTSUPP = 95;
    private static final int EINTR = 4;

    private static final boolean ARM = "aarch64".equals(System.getProperty("os.arch"));
    static final long READ = ARM ? 63 : 0;
    static final long WRITE = ARM ? 64 : 1;
    static final long CLOSE = ARM ? 57 : 3;
    static final long SOCKET = ARM ? 198 : 41;
    static final long BIND = ARM ? 200 : 49;
    static final long LISTEN = ARM ? 201 : 50;
    static final long ACCEPT4 = ARM ? 242 : 288;
    static final long GETSOCKOPT = ARM ? 209 : 55;
    static final long SENDTO = ARM ? 206 : 44;
    static final long SENDMSG = ARM ? 211 : 46;
    static final long RECVMSG = ARM ? 212 : 47;
    static final long OPENAT = ARM ? 56 : 257;
    static final long UNLINKAT = ARM ? 35 : 263;
    static final long FCHMOD = ARM ? 52 : 91;
    static final long MEMFD_CREATE = ARM ? 279 : 319;
    static final long FTRUNCATE = ARM ? 46 : 77;
    static final long FALLOCATE = ARM ? 47 : 285;
    static final long MMAP = ARM ? 222 : 9;
    static final long MUNMAP = ARM ? 215 : 11;
    static final long EVENTFD2 = ARM ? 19 : 290;
    static final long EPOLL_CREATE1 = ARM ? 20 : 291;
    static final long EPOLL_CTL = ARM ? 21 : 233;
    static final long EPOLL_PWAIT = ARM ? 22 : 281;

    static final long MSG_DONTWAIT = 0x40;

    /** For fallocate: to take the memory from a part, and keep the length. */
    static final long PUNCH_HOLE = 3;

    /** To open a directory for a file without a name in it: O_TMPFILE, O_RDWR, O_CLOEXEC. */
    static final long NAMELESS = 0x400000 | (ARM ? 0x4000 : 0x10000) | 2 | 0x80000;

    static final int EPOLLIN = 1;
    static final int EPOLLOUT = 4;
    static final int EPOLLERR = 8;
    static final int EPOLLHUP = 16;
    static final int EPOLL_CTL_ADD = 1;
    static final int EPOLL_CTL_DEL = 2;
    static final int EPOLL_CTL_MOD = 3;

    /** Length of an {@code epoll_event}; packed on x86 only. */
    static final int EPOLL_EVENT_LENGTH = ARM ? 16 : 12;

    /** Where the data are in an {@code epoll_event}. */
    static final int EPOLL_EVENT_DATA = ARM ? 8 : 4;

    private static final StructLayout CAPTURED = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = CAPTURED.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final ThreadLocal<MemorySegment> STATE =
            ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(CAPTURED));
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

    private Linux() {}

    /**
     * Makes a call, again when a signal interrupts it.
     *
     * @return what it returned, or minus errno.
     */
    static long attempt(long number, long a, long b, long c, long d, long e) {
        MemorySegment state = STATE.get();
        try {
            while (true) {
                long result = (long) SYSCALL.invokeExact(state, number, a, b, c, d, e, 0L);
                if (result >= 0) {
                    return result;
                }
                int errno = (int) ERRNO.get(state, 0L);
                if (errno != EINTR) {
                    return -errno;
                }
            }
        } catch (RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable thrown) {
            throw new IllegalStateException("system call " + number + " could not be made", thrown);
        }
    }

    /** Makes a call that is expected to succeed. */
    static long call(String what, long number, long a, long b, long c, long d, long e) throws CallException {
        long result = attempt(number, a, b, c, d, e);
        if (result < 0) {
            throw new CallException(what, (int) -result);
        }
        return result;
    }

    /** Gives the bytes from {@code offset} on memory of their own. */
    static void reserve(int descriptor, long offset, long length) throws CallException {
        call("fallocate of " + length + " bytes", FALLOCATE, descriptor, 0, offset, length, 0);
    }

    /** Closes a descriptor; there is nothing to be done about a failure. */
    static void close(int descriptor) {
        attempt(CLOSE, descriptor, 0, 0, 0, 0);
    }
}
