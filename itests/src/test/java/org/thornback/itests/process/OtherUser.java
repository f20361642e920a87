// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.process;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.thornback.testkit.Distribution.Answer;

/** Somebody else on this machine, with a home of his own and no right to write the distribution. Only root can be him. */
public final class OtherUser {
    private static final int NOBODY = 65_534;
    private static final List<String> BECOME =
            List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--no-new-privs");

    private final Playground playground;

    private OtherUser(Playground playground) {
        this.playground = playground;
    }

    /** Lets somebody else pass through the directory of a playground; where he cannot read the distribution, the test is skipped. */
    public static OtherUser in(Playground playground, Path directory) throws IOException, InterruptedException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path home = Files.createDirectory(directory.resolve("home"));
        Files.setAttribute(home, "unix:uid", NOBODY);
        playground.with("HOME", home.toString()).with("THORNBACK_AOT", "off").without("RAY_TMPDIR");
        OtherUser other = new OtherUser(playground);
        assumeTrue(
                other.ray("classpath").status() == 0,
                "a user without rights cannot run the distribution, or there is no setpriv");
        return other;
    }

    /** Runs bin/ray to its end. */
    public Answer ray(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(BECOME);
        command.add(playground.rayCommand().toString());
        command.addAll(List.of(arguments));
        return playground.run(command);
    }
}
