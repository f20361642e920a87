// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package io.ray.runtime;

import io.ray.api.runtime.RayRuntime;
import io.ray.api.runtime.RayRuntimeFactory;
import java.io.File;
import java.lang.reflect.InvocationTargetException;

/**
 * What {@code Ray.init()} looks for by name: checks the JVM, finds the distribution, and lets the implementation in it make
 * the runtime.
 *
 * <p>This class and its neighbours run on Java 8, so that a JVM that is too old gets a sentence and no
 * {@code UnsupportedClassVersionError}. The implementation is loaded once for each class loader of this class and kept, so
 * that {@code init}, {@code shutdown} and {@code init} again find the same classes. Safe from any thread.
 */
public final class DefaultRayRuntimeFactory implements RayRuntimeFactory {
    private static final int JAVA_WANTED = 25;
    private static final String PROVIDER = "org.thornback.ray.runtime.RuntimeProvider";

    private static RuntimeClassLoader implementation;

    /** For {@code Ray.init()}. */
    public DefaultRayRuntimeFactory() {}

    @Override
    public RayRuntime createRayRuntime() {
        checkJava(System.getProperty("java.specification.version", "0"), System.getProperty("java.home", "unknown"));
        return provider().createRayRuntime();
    }

    static void checkJava(String version, String home) {
        String number = version.startsWith("1.") ? version.substring(2) : version;
        if (Integer.parseInt(number) < JAVA_WANTED) {
            throw new IllegalStateException(
                    "Thornback needs Java " + JAVA_WANTED + " or newer, but this program runs on Java " + number
                            + " (java.home=" + home + "): start it with a JDK " + JAVA_WANTED + ".");
        }
    }

    private static RayRuntimeFactory provider() {
        try {
            Class<?> type = Class.forName(PROVIDER, true, isWorker() ? ownLoader() : implementation());
            return (RayRuntimeFactory) type.getConstructor().newInstance();
        } catch (InvocationTargetException failure) {
            throw failure.getCause() instanceof RuntimeException
                    ? (RuntimeException) failure.getCause()
                    : new IllegalStateException("the Ray runtime could not be made", failure.getCause());
        } catch (ReflectiveOperationException broken) {
            throw new IllegalStateException(
                    "class=" + PROVIDER + " is missing in " + implementation() + ": unpack the distribution again.",
                    broken);
        }
    }

    /** A worker's JVM is ours: it has the implementation on its class path, where the AOT cache helps most. */
    private static boolean isWorker() {
        return "WORKER".equals(System.getProperty("ray.worker.mode"));
    }

    private static ClassLoader ownLoader() {
        return DefaultRayRuntimeFactory.class.getClassLoader();
    }

    private static synchronized RuntimeClassLoader implementation() {
        if (implementation == null) {
            File home = HomeFinder.find();
            System.setProperty(HomeFinder.PROPERTY, home.getPath());
            implementation = RuntimeClassLoader.of(home, ownLoader());
        }
        return implementation;
    }
}
