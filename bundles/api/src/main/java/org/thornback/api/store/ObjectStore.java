// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.store;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The object store of this node, for the parts of the node's own process. Other processes use the socket.
 *
 * <p>Every method may be called from any thread and none blocks. Stages complete on the store's conductor.
 */
@ProviderType
public interface ObjectStore {

    /**
     * Makes room for an object, evicting what nobody uses, and waits a bounded time for deletes when that is not enough.
     *
     * @param id           its name.
     * @param dataSize     bytes of data.
     * @param metadataSize bytes of metadata.
     * @return the object to be written; fails with {@link ObjectExistsException} or {@link StoreFullException}.
     */
    CompletionStage<WritableObject> create(PlasmaId id, long dataSize, int metadataSize);

    /**
     * Pins a sealed object. Does not see what lies in a client's ring: {@link #awaitSealed} does.
     *
     * @param id its name.
     * @return the object, to be closed; empty when it is not here.
     */
    Optional<ReadableObject> get(PlasmaId id);

    /**
     * Tells whether an object is sealed here, rings of clients included.
     *
     * @param id its name.
     * @return true when it is here.
     */
    CompletionStage<Boolean> contains(PlasmaId id);

    /**
     * Waits for an object.
     *
     * @param id its name.
     * @return completes when it is sealed; cancel the future to wait no longer.
     */
    CompletionStage<Void> awaitSealed(PlasmaId id);

    /**
     * Deletes objects. Sealed ones vanish at once and their bytes are reused when nobody pins them; unsealed ones vanish
     * when they are sealed. Unknown ids are ignored, holds are dropped.
     *
     * @param ids their names.
     * @return how many were there.
     */
    CompletionStage<Integer> delete(Collection<PlasmaId> ids);

    /**
     * Deletes all objects of a job, whoever holds them.
     *
     * @param jobId number of the job, as in the ids made of Ray's.
     * @return how many were there.
     */
    CompletionStage<Integer> deleteJob(int jobId);

    /**
     * Keeps objects from being evicted. An id may be held before its object is here. Holding twice by the same holder is
     * holding once.
     *
     * @param ids    names of objects.
     * @param holder name of who holds.
     */
    void hold(Collection<PlasmaId> ids, String holder);

    /**
     * Ends holds. Objects stay until they are deleted, or evicted to make room.
     *
     * @param ids    names of objects.
     * @param holder name of who held.
     */
    void release(Collection<PlasmaId> ids, String holder);

    /**
     * Ends all holds of a holder, for instance because it died.
     *
     * @param holder name of who held.
     */
    void releaseAll(String holder);

    /**
     * Lists the objects.
     *
     * @return what is here, in no order.
     */
    CompletionStage<List<ObjectInfo>> list();

    /**
     * Evicts least recently used objects that nobody holds or pins.
     *
     * @param bytes how many to free at least, if there are as many.
     * @return how many were freed.
     */
    CompletionStage<Long> evict(long bytes);

    /**
     * The counters now.
     *
     * @return a snapshot.
     */
    StoreStatistics statistics();

    /**
     * How much objects may take together.
     *
     * @return bytes.
     */
    long capacity();

    /**
     * The socket of clients.
     *
     * @return an absolute path.
     */
    Path socket();

    /**
     * Adds a listener. It first hears of each object already sealed.
     *
     * @param listener to be called on the conductor.
     * @return to be closed to hear no more.
     */
    AutoCloseable listen(ObjectListener listener);
}
