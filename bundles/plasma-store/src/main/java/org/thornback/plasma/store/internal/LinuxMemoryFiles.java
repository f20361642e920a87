// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.thornback.api.store.MemoryFileException;
import org.thornback.api.store.MemoryFiles;
import org.thornback.api.store.Segment;

/** Makes the files of backends with the calls of Linux. Stateless, safe from any thread. */
@Component
public final class LinuxMemoryFiles implements MemoryFiles {
    private static final long PAGE = 4096;
    private static final long AT_FDCWD = -100;
    private static final long MFD_CLOEXEC = 1;
    private static final long CREATE_NEW = 0x40 | 0x80 | 2 | 0x80000; // O_CREAT, O_EXCL, O_RDWR, O_CLOEXEC
    private static final long OWNER_ONLY = 0600;
    private static final long READ_AND_WRITE = 3; // PROT_READ, PROT_WRITE
    private static final long MAP_SHARED = 1;

    /** Makes nothing yet. */
    @Activate
    public LinuxMemoryFiles() {}

    /** What opens a file. */
    private interface Opening {
        int open(Arena arena) throws CallException;
    }

    /** What makes sure that there is memory; returns for how many bytes from the start. */
    private interface Backing {
        long of(int descriptor, long length) throws CallException;
    }

    @Override
    public Segment anonymous(String backend, long length, long reserve) throws MemoryFileException {
        Opening opening = arena -> (int) Linux.call(
                "memfd_create",
                Linux.MEMFD_CREATE,
                arena.allocateFrom(backend, UTF_8).address(),
                MFD_CLOEXEC,
                0,
                0,
                0);
        return make(opening, backend, PAGE, length, given(PAGE, reserve));
    }

    @Override
    public Segment nameless(Path directory, String backend, long pageSize, long length, long reserve)
            throws MemoryFileException {
        return make(arena -> nameless(directory, arena), backend, pageSize, length, given(pageSize, reserve));
    }

    @Override
    public Segment promised(Path directory, String backend, long pageSize, long length) throws MemoryFileException {
        return make(arena -> nameless(directory, arena), backend, pageSize, length, LinuxMemoryFiles::promise);
    }

    private static int nameless(Path directory, Arena arena) throws CallException {
        long folder = arena.allocateFrom(directory.toString(), UTF_8).address();
        long descriptor = Linux.attempt(Linux.OPENAT, AT_FDCWD, folder, Linux.NAMELESS, OWNER_ONLY, 0);
        if (descriptor >= 0) {
            return (int) descriptor;
        }
        if (descriptor != -Linux.EOPNOTSUPP && descriptor != -Linux.EISDIR) {
            throw new CallException("open " + directory, (int) -descriptor);
        }
        String name = "thornback-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
        MemorySegment file = arena.allocateFrom(directory.resolve(name).toString(), UTF_8);
        int named = (int)
                Linux.call("open " + directory, Linux.OPENAT, AT_FDCWD, file.address(), CREATE_NEW, OWNER_ONLY, 0);
        Linux.attempt(Linux.UNLINKAT, AT_FDCWD, file.address(), 0, 0, 0);
        return named;
    }

    private static Backing given(long pageSize, long reserve) {
        return (descriptor, length) -> {
            long reserved = Math.min(length, roundUp(reserve, pageSize));
            if (reserved > 0) {
                Linux.reserve(descriptor, 0, reserved);
            }
            return reserved;
        };
    }

    /** The kernel takes the pages of a shared mapping out of the pool for the file, which keeps them when it is unmapped. */
    private static long promise(int descriptor, long length) throws CallException {
        String what = "mapping of " + length + " bytes";
        long address = Linux.call(what, Linux.MMAP, 0, length, READ_AND_WRITE, MAP_SHARED, descriptor);
        Linux.attempt(Linux.MUNMAP, address, length, 0, 0, 0);
        return length;
    }

    private static Segment make(Opening opening, String backend, long pageSize, long length, Backing backing)
            throws MemoryFileException {
        long rounded = roundUp(length, pageSize);
        try (Arena arena = Arena.ofConfined()) {
            int descriptor = opening.open(arena);
            try {
                Linux.call("ftruncate to " + rounded + " bytes", Linux.FTRUNCATE, descriptor, rounded, 0, 0, 0);
                long reserved = backing.of(descriptor, rounded);
                return new Segment(descriptor, rounded, reserved, pageSize, backend);
            } catch (CallException e) {
                Linux.close(descriptor);
                throw e;
            }
        } catch (CallException e) {
            throw new MemoryFileException(e.getMessage(), e.errno() == Linux.ENOSPC || e.errno() == Linux.ENOMEM);
        }
    }

    private static long roundUp(long length, long pageSize) {
        return (length + pageSize - 1) / pageSize * pageSize;
    }
}
