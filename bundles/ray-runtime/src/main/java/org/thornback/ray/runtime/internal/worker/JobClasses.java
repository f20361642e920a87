// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.worker;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Where the classes of the job are: in a worker a loader over the job's code search path, made when the job is assigned.
 * The loader is set once; safe from any thread.
 */
public final class JobClasses implements Supplier<ClassLoader> {
    private final ClassLoader api;
    private volatile ClassLoader loader;

    /**
     * Starts with what every process has.
     *
     * @param api sees {@code io.ray.api}; parent of the job's loader.
     */
    public JobClasses(ClassLoader api) {
        this.api = requireNonNull(api, "api");
        this.loader = api;
    }

    @Override
    public ClassLoader get() {
        return loader;
    }

    /**
     * The job is known.
     *
     * @param codeSearchPath directories of classes, directories of jars, and jars.
     */
    public void assign(List<String> codeSearchPath) {
        List<URL> urls = new ArrayList<>();
        for (String entry : codeSearchPath) {
            add(Path.of(entry), urls);
        }
        loader = new URLClassLoader("ray-job", urls.toArray(URL[]::new), api);
    }

    private static void add(Path entry, List<URL> urls) {
        urls.add(url(entry));
        if (Files.isDirectory(entry)) {
            try (Stream<Path> children = Files.list(entry)) {
                children.filter(child -> child.toString().endsWith(".jar"))
                        .sorted()
                        .forEach(jar -> urls.add(url(jar)));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot list ray.job.code-search-path entry=" + entry, e);
            }
        }
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException("ray.job.code-search-path entry=" + path + " is no path", e);
        }
    }
}
