// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.thornback.launcher.internal.cache.CacheMaker;
import org.thornback.launcher.internal.home.Home;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ray prepare}: makes the AOT caches of this JDK and this distribution; a first start does it by itself. */
@Command(
        name = "prepare",
        description =
                "Makes the start-up caches for this JDK. The first start does it by itself; an installer may, too.")
final class PrepareCommand implements Callable<Integer> {
    @Option(names = "--again", description = "Make them although they are there.")
    private boolean again;

    @Option(names = "--quiet", hidden = true, description = "Say only that it takes time, and never fail.")
    private boolean quiet;

    @Override
    public Integer call() throws InterruptedException {
        Home home = Home.ofThisProcess();
        CacheMaker maker = new CacheMaker(home);
        if (maker.isDone() && !again) {
            System.out.println("The start-up caches are there: " + home.cache());
            return 0;
        }
        System.out.println("ray: making the start-up caches for Java " + Runtime.version()
                + ", once for this installation; this takes some seconds.");
        Optional<String> problem = maker.make();
        problem.ifPresent(reason -> System.err.println(
                "ray: no start-up caches, starts take longer (`ray prepare --again` tries anew): " + reason));
        return problem.isEmpty() || quiet ? 0 : 1;
    }
}
