// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.store;

import org.osgi.annotation.versioning.ProviderType;
import org.thornback.api.ThornbackException;

/**
 * An object store as whoever rules it sees it: where its memory comes from, how large it is, where it writes what does not fit,
 * and whether it rests. It does not know who rules it, so that an updated bundle can rule a store whose code is older.
 *
 * <p>Safe from any thread; one ruler at a time, who makes one change after the other.
 */
@ProviderType
public interface RunningStore extends ObjectStore, AutoCloseable {

    /**
     * Changes to another backend: when this returns, new objects go there; what is here follows in the background. Blocks while
     * the backend makes its memory.
     *
     * @param backend new one.
     * @param remark  what {@link StoreStatistics#remark()} says from now on.
     * @throws StoreCapacityException when there is too little room there; nothing has changed then.
     * @throws ThornbackException     when its memory cannot be used; nothing has changed then.
     */
    void use(StoreBackend backend, String remark);

    /**
     * Changes how much objects may take together: new ones go to memory of that size, what is here follows in the background.
     * What does not fit is evicted, or written out when it is held; what is in use stays until it is not. Blocks while the
     * backend makes its memory.
     *
     * @param backend of the store.
     * @param bytes   the capacity from now on.
     * @throws StoreCapacityException when there is too little room; nothing has changed then.
     * @throws ThornbackException     when its memory cannot be used; nothing has changed then.
     */
    void resize(StoreBackend backend, long bytes);

    /**
     * Says something else about where the memory comes from.
     *
     * @param remark what {@link StoreStatistics#remark()} says from now on.
     */
    void remark(String remark);

    /**
     * Where held objects go when there is no room, from the next one on.
     *
     * @param target     null for nowhere.
     * @param evictedToo whether evicted objects go there as well.
     */
    void spillTo(SpillTarget target, boolean evictedToo);

    /** Serves nobody until it goes on: whoever asks waits, and whoever only reads does not notice. Returns when it rests. */
    void rest();

    /** Goes on after a rest, with everything that is in it and everybody who is connected. */
    void goOn();

    /** Ends it with everything in it. */
    @Override
    void close();
}
