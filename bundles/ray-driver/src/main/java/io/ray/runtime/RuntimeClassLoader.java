// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package io.ray.runtime;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;

/**
 * Loads the implementation and its libraries apart from the program's.
 *
 * <p>From the program's side it sees Ray's API and nothing else; the JDK it shares. So a program may bring any version of
 * anything, and the implementation's classes can never be mistaken for the program's. Runs on Java 8.
 */
final class RuntimeClassLoader extends URLClassLoader {
    private static final String SHARED = "io.ray.";

    static {
        registerAsParallelCapable();
    }

    private final File directory;

    private RuntimeClassLoader(File directory, URL[] jars, ClassLoader program) {
        super(jars, new OnlyRay(program));
        this.directory = directory;
    }

    /**
     * A loader for the jars of a distribution.
     *
     * @param home    the distribution.
     * @param program loader of Ray's API.
     * @return the loader, never closed: the implementation lives as long as the process.
     */
    static RuntimeClassLoader of(File home, ClassLoader program) {
        File directory = new File(new File(home, "driver"), "runtime");
        File[] jars = directory.listFiles((parent, name) -> name.endsWith(".jar"));
        if (jars == null || jars.length == 0) {
            throw new IllegalStateException("directory=" + directory + " holds no jar: unpack the distribution again.");
        }
        Arrays.sort(jars);
        URL[] urls = new URL[jars.length];
        try {
            for (int i = 0; i < jars.length; i++) {
                urls[i] = jars[i].toURI().toURL();
            }
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException("directory=" + directory + " cannot be a URL", impossible);
        }
        return new RuntimeClassLoader(directory, urls, program);
    }

    @Override
    public String toString() {
        return directory.getPath();
    }

    /** The program's classes, of which only Ray's are to be seen; behind them the JDK. */
    private static final class OnlyRay extends ClassLoader {
        static {
            registerAsParallelCapable();
        }

        private final ClassLoader program;

        OnlyRay(ClassLoader program) {
            super(ClassLoader.getSystemClassLoader().getParent());
            this.program = program;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith(SHARED)) {
                return program.loadClass(name);
            }
            throw new ClassNotFoundException(name);
        }
    }
}
