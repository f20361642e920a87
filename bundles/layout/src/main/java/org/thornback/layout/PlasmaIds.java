// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.layout;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.thornback.api.store.PlasmaId;

/**
 * The one function from Ray's 28-byte object ids to the store's 20-byte ids, and the embedding the other way.
 *
 * <pre>
 * ObjectId (28):  0 unique of the task (8) | 8 unique of the actor (12) | 20 job (4) | 24 index (4)
 * PlasmaId (20):  0 unique of the task (8) | 8 job (4) | 12 index (4)   | 16 hash of the actor's unique (4)
 * </pre>
 *
 * <p>All but the actor's 12 unique bytes is kept as it is, so two ids meet only when task, job and index agree and the 32-bit
 * hashes of two different actors do. Tasks' unique parts are 64 random bits, so among n objects that share job and index the
 * probability is about n²/2^97: less than 10^-11 for a thousand million objects.
 *
 * <p>An id that did not come from Ray travels as the 20 bytes followed by eight bytes that stand for "not Ray's", a job and
 * index that Ray never gives; {@link #ofRay} recognises it and returns the 20 bytes unchanged.
 */
public final class PlasmaIds {
    /** Length of Ray's ObjectId in bytes. */
    public static final int RAY_LENGTH = 28;

    private static final long FOREIGN = 0xfe414d53414c50ffL;
    private static final int ACTOR_OFFSET = 8;
    private static final int JOB_OFFSET = 20;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private PlasmaIds() {}

    /**
     * The store's id of a Ray object.
     *
     * @param objectId 28 bytes.
     * @return its id in the store.
     */
    public static PlasmaId ofRay(byte[] objectId) {
        if (objectId.length != RAY_LENGTH) {
            throw new IllegalArgumentException(
                    "object id length=" + objectId.length + ", expected " + RAY_LENGTH + " bytes");
        }
        long unique = (long) LONG.get(objectId, 0);
        long actorHead = (long) LONG.get(objectId, ACTOR_OFFSET);
        int actorTail = (int) INT.get(objectId, ACTOR_OFFSET + Long.BYTES);
        long jobAndIndex = (long) LONG.get(objectId, JOB_OFFSET);
        return jobAndIndex == FOREIGN
                ? new PlasmaId(unique, actorHead, actorTail)
                : new PlasmaId(unique, jobAndIndex, mix(actorHead, actorTail));
    }

    /**
     * Embeds an id that is not Ray's, so that {@link #ofRay} gives it back.
     *
     * @param id of an object made by a client that is not ours.
     * @return 28 bytes.
     */
    public static byte[] toRay(PlasmaId id) {
        byte[] objectId = Arrays.copyOf(id.toBytes(), RAY_LENGTH);
        LONG.set(objectId, JOB_OFFSET, FOREIGN);
        return objectId;
    }

    /**
     * The job an object made of Ray's id belongs to.
     *
     * @param id made by {@link #ofRay}; any number comes out for others.
     * @return number of the job.
     */
    public static int jobOf(PlasmaId id) {
        return (int) id.second();
    }

    private static int mix(long head, int tail) {
        long hash = (head ^ 0x9e3779b97f4a7c15L) * 0xbf58476d1ce4e5b9L;
        hash = (Long.rotateLeft(hash, 27) ^ tail) * 0x94d049bb133111ebL;
        return (int) (hash >>> Integer.SIZE);
    }
}
