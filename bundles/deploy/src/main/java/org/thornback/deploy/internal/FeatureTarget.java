// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.deploy.internal;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Installs features whose files were dropped; their paths begin at the distribution. */
final class FeatureTarget implements Target {
    private final FeatureInstaller installer;
    private final Map<String, Feature> taken = new HashMap<>();

    FeatureTarget(FeatureInstaller installer) {
        this.installer = requireNonNull(installer, "installer");
    }

    @Override
    public void put(Content content) {
        String name = name(content.name());
        List<String> lines = content.text().lines().toList();
        Feature next = Feature.parse(name, lines, installer.home());
        installer.deploy(next);
        taken.put(content.name(), next);
    }

    @Override
    public void remove(String name) {
        installer.withdraw(name(name));
        taken.remove(name);
    }

    @Override
    public String note(String name) {
        Feature known = taken.get(name);
        return known == null ? "" : known.text();
    }

    @Override
    public boolean goOn(String name, String hash, String note) {
        Feature known = Feature.parse(name(name), note.lines().toList(), installer.home());
        installer.goOn(known);
        taken.put(name, known);
        return true;
    }

    private static String name(String file) {
        return file.substring(0, file.length() - Content.FEATURE.length());
    }
}
