// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.value;

import java.io.IOException;
import java.io.InputStream;

/** Defines one class again, as the class loader of a job does, and leaves all others to its parent. */
final class CopyingLoader extends ClassLoader {
    private final String copied;

    CopyingLoader(ClassLoader parent, String copied) {
        super(parent);
        this.copied = copied;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            if (known != null) {
                return known;
            }
            return name.equals(copied) ? copy() : super.loadClass(name, resolve);
        }
    }

    private Class<?> copy() throws ClassNotFoundException {
        try (InputStream file = getParent().getResourceAsStream(copied.replace('.', '/') + ".class")) {
            byte[] bytes = file.readAllBytes();
            return defineClass(copied, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(copied, e);
        }
    }
}
