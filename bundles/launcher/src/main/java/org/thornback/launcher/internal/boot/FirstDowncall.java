// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.boot;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the first call out of Java, which takes 70 ms: the JDK makes a class for each shape of call. Done while the framework
 * starts, on the processor that has nothing to do then, the class is there when the object store calls the kernel in the same
 * shape. Nothing depends on it but time.
 */
final class FirstDowncall {
    private static final Logger LOG = LoggerFactory.getLogger("ray.launcher");
    private static final long GETPID = "aarch64".equals(System.getProperty("os.arch")) ? 172 : 39;

    private FirstDowncall() {}

    /** Begins, and does not wait. */
    static void begin() {
        Thread.ofPlatform().daemon().name("first-downcall").start(FirstDowncall::call);
    }

    private static void call() {
        ValueLayout.OfLong word = ValueLayout.JAVA_LONG;
        FunctionDescriptor shape = FunctionDescriptor.of(word, word, word, word, word, word, word, word);
        Linker linker = Linker.nativeLinker();
        MethodHandle syscall = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("syscall"), shape, Linker.Option.captureCallState("errno"));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
            long pid = (long) syscall.invokeExact(state, GETPID, 0L, 0L, 0L, 0L, 0L, 0L);
            LOG.debug("the kernel answers process {}", pid);
        } catch (Throwable slower) {
            LOG.warn("the kernel cannot be called", slower);
        }
    }
}
