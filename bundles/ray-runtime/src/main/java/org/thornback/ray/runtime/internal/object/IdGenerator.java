// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.object;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes the ids of tasks, actors and objects of one process. Safe from any thread.
 *
 * <pre>
 * ObjectId (28) = TaskId (24)  + index (4, little-endian, from 1)
 * TaskId   (24) = unique (8)   + ActorId (16)
 * ActorId  (16) = unique (12, all ones for no actor) + JobId (4)
 * </pre>
 *
 * <p>Unique parts walk through the 2^64 numbers from a random start in steps of an odd random number: no two of a process are
 * equal, and two processes meet with the probability of random numbers.
 */
public final class IdGenerator {
    private static final int TASK_ID_LENGTH = 24;
    private static final int ACTOR_ID_LENGTH = 16;
    private static final int OBJECT_ID_LENGTH = 28;
    private static final int ACTOR_UNIQUE_LENGTH = 12;
    private static final int TASK_UNIQUE_LENGTH = 8;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final AtomicLong next;
    private final long step;
    private volatile byte[] noActor;

    /**
     * Starts at a random place.
     *
     * @param jobId job of the process; 0 until a worker learns it.
     */
    public IdGenerator(int jobId) {
        SecureRandom random = new SecureRandom();
        next = new AtomicLong(random.nextLong());
        step = random.nextLong() | 1;
        assignJob(jobId);
    }

    /**
     * A worker learned its job.
     *
     * @param jobId of the job.
     */
    public void assignJob(int jobId) {
        byte[] id = new byte[ACTOR_ID_LENGTH];
        Arrays.fill(id, (byte) 0xff);
        INT.set(id, ACTOR_UNIQUE_LENGTH, jobId);
        noActor = id;
    }

    /**
     * The job of this process.
     *
     * @return its number.
     */
    public int jobId() {
        return (int) INT.get(noActor, ACTOR_UNIQUE_LENGTH);
    }

    /**
     * A new task of no actor.
     *
     * @return 24 bytes.
     */
    public byte[] taskId() {
        return taskId(noActor);
    }

    /**
     * A new task of an actor.
     *
     * @param actorId 16 bytes.
     * @return 24 bytes.
     */
    public byte[] taskId(byte[] actorId) {
        byte[] id = new byte[TASK_ID_LENGTH];
        LONG.set(id, 0, next.getAndAdd(step));
        System.arraycopy(actorId, 0, id, TASK_UNIQUE_LENGTH, ACTOR_ID_LENGTH);
        return id;
    }

    /**
     * A new actor of this job.
     *
     * @return 16 bytes.
     */
    public byte[] actorId() {
        byte[] id = noActor.clone();
        LONG.set(id, 0, next.getAndAdd(step));
        INT.set(id, Long.BYTES, (int) (step >>> Integer.SIZE));
        return id;
    }

    /**
     * Result of a task.
     *
     * @param taskId 24 bytes.
     * @param index  from 1.
     * @return 28 bytes.
     */
    public static byte[] objectId(byte[] taskId, int index) {
        byte[] id = Arrays.copyOf(taskId, OBJECT_ID_LENGTH);
        INT.set(id, TASK_ID_LENGTH, index);
        return id;
    }

    /**
     * A new object made by put.
     *
     * @return 28 bytes.
     */
    public byte[] putId() {
        byte[] id = new byte[OBJECT_ID_LENGTH];
        LONG.set(id, 0, next.getAndAdd(step));
        System.arraycopy(noActor, 0, id, TASK_UNIQUE_LENGTH, ACTOR_ID_LENGTH);
        INT.set(id, TASK_ID_LENGTH, 1);
        return id;
    }
}
