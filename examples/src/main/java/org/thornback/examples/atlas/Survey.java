// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.examples.atlas;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * What one task found out about one pack.
 *
 * @param pid the worker process that did it
 * @param classes how many classes were in the pack
 * @param bytes how many bytes they have
 * @param dependencies how many classes of one package refer to another package
 * @param calls how many call instructions name a method
 * @param largest the largest classes of the pack
 */
public record Survey(
        long pid,
        int classes,
        long bytes,
        Map<Dependency, Integer> dependencies,
        Map<String, Integer> calls,
        List<LargeClass> largest)
        implements Serializable {

    /** One package needs another. */
    public record Dependency(String from, String to) implements Serializable {
        @Override
        public String toString() {
            return from + " -> " + to;
        }
    }

    /** A class and the size of its class file. */
    public record LargeClass(String name, int bytes) implements Serializable {}
}
