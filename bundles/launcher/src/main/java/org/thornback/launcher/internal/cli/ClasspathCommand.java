// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.cli;

import java.util.concurrent.Callable;
import org.thornback.launcher.internal.home.Home;
import picocli.CommandLine.Command;

/** {@code ray classpath}: what a driver puts in front of its own jars. Prints that and nothing else. */
@Command(
        name = "classpath",
        description = "Prints the class path a driver needs: java -cp \"$(ray classpath):app.jar\" Main")
final class ClasspathCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        System.out.println(Home.ofThisProcess().driverJar());
        return 0;
    }
}
