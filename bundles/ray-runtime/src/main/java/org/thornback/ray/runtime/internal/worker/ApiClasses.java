// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.worker;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Of all classes on a worker's class path only those that a job may see: Ray's API and what it needs. So a program may bring
 * any version of what the implementation uses, too.
 */
public final class ApiClasses extends ClassLoader {
    private static final List<String> SHARED = List.of("io.ray.", "javax.xml.bind.");

    static {
        registerAsParallelCapable();
    }

    private final ClassLoader worker;

    /**
     * Hides the rest.
     *
     * @param worker loader of everything a worker has.
     */
    public ApiClasses(ClassLoader worker) {
        super("ray-api", ClassLoader.getPlatformClassLoader());
        this.worker = requireNonNull(worker, "worker");
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (SHARED.stream().anyMatch(name::startsWith)) {
            return worker.loadClass(name);
        }
        throw new ClassNotFoundException(name);
    }
}
