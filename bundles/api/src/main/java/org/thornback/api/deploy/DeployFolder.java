// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.deploy;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;
import org.thornback.api.InvalidInputException;

/**
 * The deploy folder of this node: what is put there goes live, what is changed there is updated, what is taken away goes. Safe
 * from any thread; nothing blocks.
 */
@ProviderType
public interface DeployFolder {

    /**
     * Where it is.
     *
     * @return an absolute path; the directory may not be there.
     */
    Path directory();

    /**
     * Lists its files.
     *
     * @return by name.
     */
    List<Deployment> list();

    /**
     * Puts a copy of a file there, in place of one of the same name.
     *
     * @param file any readable file.
     * @return what has become of it; fails with {@link InvalidInputException} when it cannot be taken, and then nothing has
     *     changed.
     */
    CompletionStage<Deployment> add(Path file);

    /**
     * Takes a file away.
     *
     * @param name of the file.
     * @return completes when it is out of effect; fails with {@link InvalidInputException} when there is none of that name, or
     *     others need it.
     */
    CompletionStage<Void> remove(String name);
}
