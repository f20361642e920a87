// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.door;

import static java.util.Objects.requireNonNull;

import java.io.PrintStream;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/**
 * Does {@code exec "start NUMBER"} itself, which would be Felix's: so it works whichever bundle is stopped, also one that the
 * shell needs.
 *
 * @param context of the framework.
 */
public record BundleStart(BundleContext context) {
    private static final Pattern START = Pattern.compile("(?:felix:)?start +(\\d{1,9})");

    /** Checks that there is a framework. */
    public BundleStart {
        requireNonNull(context, "context");
    }

    /** The number of the bundle to start, when that is what a user asks for. */
    static OptionalLong number(List<String> texts) {
        if (!texts.getFirst().equals("exec")) {
            return OptionalLong.empty();
        }
        List<String> words = texts.stream()
                .skip(1)
                .filter(word -> !word.startsWith("--")) // the width of a terminal
                .toList();
        Matcher start = START.matcher(String.join(" ", words).strip());
        return start.matches() ? OptionalLong.of(Long.parseLong(start.group(1))) : OptionalLong.empty();
    }

    /** Starts a bundle; returns the exit status. */
    int run(long number, PrintStream err) {
        Bundle bundle = context.getBundle(number);
        if (bundle == null) {
            err.println("ray exec: there is no bundle=" + number + "; `ray exec lb` lists them.");
            return 1;
        }
        try {
            bundle.start();
            return 0;
        } catch (BundleException broken) {
            err.println("ray exec: bundle=" + bundle.getSymbolicName() + " cannot be started: " + broken.getMessage());
            return 1;
        }
    }
}
