// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.testkit;

import java.nio.file.Path;
import org.thornback.api.session.Session;

/** A session whose files all lie in one directory. */
public record TestSession(Path directory) implements Session {
    @Override
    public String name() {
        return "session_test";
    }

    @Override
    public Path logs() {
        return directory;
    }

    @Override
    public Path sockets() {
        return directory;
    }

    @Override
    public Path socket(String name) {
        return directory.resolve(name);
    }
}
