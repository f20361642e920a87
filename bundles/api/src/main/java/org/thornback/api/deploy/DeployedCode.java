// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.deploy;

import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;
import org.thornback.api.InvalidInputException;

/**
 * The jars with classes of tasks and actors that were deployed. Who has found one can use it as long as the session lives, also
 * when another version has taken its name meanwhile. Safe from any thread; nothing blocks.
 */
@ProviderType
public interface DeployedCode {
    /** Begins an entry of a code search path that means a deployed jar, {@code deploy:NAME}. */
    String PREFIX = "deploy:";

    /**
     * Finds a jar.
     *
     * @param name of its file, with or without {@code .jar}.
     * @return a jar that stays as it is, once the deploy folder has been looked at; fails with {@link InvalidInputException} when
     *     there is none of that name.
     */
    CompletionStage<Path> find(String name);
}
