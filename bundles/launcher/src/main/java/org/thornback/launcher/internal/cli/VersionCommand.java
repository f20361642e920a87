// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.thornback.launcher.internal.home.Home;
import picocli.CommandLine.Command;

/** {@code ray version}: this distribution, the API it runs, the JDK it runs on. */
@Command(name = "version", description = "Shows the version.")
final class VersionCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        String version = Optional.ofNullable(VersionCommand.class.getPackage().getImplementationVersion())
                .orElseGet(() -> nameVersion(
                        String.valueOf(Home.ofThisProcess().directory().getFileName())));
        System.out.println("ray, Thornback " + version + ", io.ray API 2.39.0, Java " + Runtime.version());
        return 0;
    }

    private static String nameVersion(String directory) {
        return directory.startsWith("thornback-") ? directory.substring("thornback-".length()) : "of unknown version";
    }
}
