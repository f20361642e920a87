// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package io.ray.runtime;

import java.io.File;
import java.net.URISyntaxException;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;

/** Finds the unpacked distribution a driver belongs to. Runs on Java 8. */
final class HomeFinder {
    /** System property with the directory; set once it is found. */
    static final String PROPERTY = "thornback.home";

    private static final String VARIABLE = "THORNBACK_HOME";

    private HomeFinder() {}

    /**
     * The distribution this jar lies in, else the one named by property or environment.
     *
     * @return its absolute directory.
     */
    static File find() {
        List<String> looked = new ArrayList<>();
        File jar = ownJar();
        if (jar != null && jar.getParentFile() != null && jar.getParentFile().getParentFile() != null) {
            File beside = jar.getParentFile().getParentFile();
            if (isHome(beside)) {
                return beside.getAbsoluteFile();
            }
            looked.add(jar.getPath());
        }
        String[] named = {System.getProperty(PROPERTY), System.getenv(VARIABLE)};
        for (String name : named) {
            if (name != null && !name.isEmpty()) {
                if (isHome(new File(name))) {
                    return new File(name).getAbsoluteFile();
                }
                looked.add(name);
            }
        }
        throw new IllegalStateException("no Thornback distribution found (looked at " + looked
                + "): put the jar that `ray classpath` prints on the class path, or set " + VARIABLE
                + " to the unpacked distribution.");
    }

    static boolean isHome(File directory) {
        return new File(directory, "driver" + File.separator + "runtime").isDirectory();
    }

    private static File ownJar() {
        CodeSource source = HomeFinder.class.getProtectionDomain().getCodeSource();
        try {
            return source == null || !"file".equals(source.getLocation().getProtocol())
                    ? null
                    : new File(source.getLocation().toURI());
        } catch (URISyntaxException unusual) {
            return null; // then property and environment decide
        }
    }
}
