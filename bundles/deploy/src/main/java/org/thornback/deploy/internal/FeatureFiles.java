// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.deploy.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.thornback.api.InvalidInputException;

/**
 * What the files of a distribution's features say. Immutable.
 *
 * @param whole  features by name.
 * @param broken why the others cannot be understood, by name.
 */
record FeatureFiles(Map<String, Feature> whole, Map<String, String> broken) {

    boolean has(String name) {
        return whole.containsKey(name) || broken.containsKey(name);
    }

    /** Reads all files; one that is broken keeps no other from being understood. */
    static FeatureFiles read(Path home) {
        Map<String, Feature> whole = new TreeMap<>();
        Map<String, String> broken = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(home.resolve("features"), "*" + Content.FEATURE)) {
            for (Path file : files) {
                String name = file.getFileName().toString().replace(Content.FEATURE, "");
                try {
                    whole.put(name, Feature.parse(name, Files.readAllLines(file, StandardCharsets.UTF_8), home));
                } catch (InvalidInputException wrong) {
                    broken.put(name, wrong.getMessage());
                } catch (IOException unreadable) {
                    broken.put(name, "file=" + file + " cannot be read: " + unreadable + ".");
                }
            }
        } catch (IOException unreadable) {
            throw new InvalidInputException("features of " + home + " cannot be read: " + unreadable + ".");
        }
        return new FeatureFiles(whole, broken);
    }
}
