// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.store;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.thornback.api.InvalidInputException;

/** The backends the object store of this node knows, and the one it uses. Safe from any thread. */
@ProviderType
public interface StoreBackends {

    /**
     * One backend.
     *
     * @param name      by which a user chooses it.
     * @param inUse     whether new objects go there.
     * @param directory where its files are; empty when it needs none or is not in use.
     */
    record Entry(String name, boolean inUse, Optional<Path> directory) {}

    /**
     * Lists them.
     *
     * @return by name.
     */
    List<Entry> list();

    /**
     * Changes to another backend, or to another directory. When this returns, new objects go there; what is in the store follows
     * in the background while everybody works on. Blocks while the backend makes its memory.
     *
     * @param name      of the backend.
     * @param directory where its files go; empty for wherever it likes.
     * @throws InvalidInputException  when there is no such backend, or it cannot be there; nothing has changed then.
     * @throws StoreCapacityException when there is too little room there; nothing has changed then.
     */
    void use(String name, Optional<Path> directory);
}
