// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.session;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The one session this node belongs to: its name, its directories and the places of its sockets and logs.
 *
 * <p>Registered by log-layout when the directories exist and are safe (owner only, mode 0700). Immutable.
 */
@ProviderType
public interface Session {

    /**
     * Name, {@code session_{%Y-%m-%d_%H-%M-%S_%f}_{pid}}: sorting by name finds the newest.
     *
     * @return the name.
     */
    String name();

    /**
     * The directory of the session below the root temporary directory.
     *
     * @return an absolute path.
     */
    Path directory();

    /**
     * Directory of the log files.
     *
     * @return an absolute path.
     */
    Path logs();

    /**
     * Real directory of the sockets, short enough for {@code sun_path}; {@code directory()/sockets} leads there.
     *
     * @return an absolute path.
     */
    Path sockets();

    /**
     * Place for a socket of this node: {@code name}, or with a number behind it when another node of the session on this
     * machine has it ({@code raylet.1}). The same name gives the same path as long as this node lives.
     *
     * @param name for instance {@code raylet} or {@code plasma_store}.
     * @return an absolute path of at most 107 bytes.
     */
    Path socket(String name);
}
