// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.deploy.internal;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.thornback.api.InvalidInputException;

/**
 * Keeps jars with code of jobs, each version in a file of its own that never changes: a job that began with one goes on with it,
 * whatever takes its name. They go with the session.
 */
final class CodeTarget implements Target {
    private final Path directory;
    private final Map<String, Path> jars = new ConcurrentHashMap<>();

    CodeTarget(Path directory) {
        this.directory = requireNonNull(directory, "directory");
    }

    @Override
    public void put(Content content) {
        Path jar = directory.resolve(content.hash()).resolve(content.name());
        try {
            if (!Files.exists(jar)) {
                Files.createDirectories(jar.getParent());
                Path part = jar.resolveSibling("." + content.name() + ".part");
                Files.write(part, content.bytes());
                Files.move(part, jar, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new InvalidInputException(
                    "jar=" + content.name() + " cannot be kept in " + directory + ": " + e + ".");
        }
        jars.put(content.name(), jar);
    }

    @Override
    public boolean goOn(String name, String hash, String note) {
        Path jar = directory.resolve(hash).resolve(name);
        boolean kept = Files.exists(jar);
        if (kept) {
            jars.put(name, jar);
        }
        return kept;
    }

    @Override
    public void remove(String name) {
        jars.remove(name);
    }

    /** The jar that has a name now; any thread. */
    Path find(String name) {
        return Optional.ofNullable(jars.get(name))
                .or(() -> Optional.ofNullable(jars.get(name + Content.JAR)))
                .orElseThrow(() -> new InvalidInputException("ray.job.code-search-path: deploy:" + name
                        + " is not deployed; there are " + new TreeSet<>(jars.keySet())
                        + ". `ray deploy add FILE` adds one."));
    }
}
