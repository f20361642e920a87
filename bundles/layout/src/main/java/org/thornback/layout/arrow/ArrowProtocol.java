// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.layout.arrow;

/**
 * What Arrow's Plasma clients and the store say to each other. Framed as in {@link org.thornback.layout.StoreProtocol}, the body
 * one FlatBuffer without size or identifier. Tables with their fields in slot order:
 *
 * <pre>
 * DisconnectClient    (nothing)
 * Create              object_id:string evict_if_full:bool data_size:ulong metadata_size:ulong device_num:int
 * CreateReply         object_id:string plasma_object:PlasmaObjectSpec error:int store_fd:int mmap_size:long ipc_handle:table
 * CreateAndSeal       object_id:string evict_if_full:bool data:string metadata:string digest:string
 * CreateAndSealReply  error:int
 * Abort               object_id:string                       AbortReply     object_id:string
 * Seal                object_id:string digest:string         SealReply      object_id:string error:int
 * Get                 object_ids:[string] timeout_ms:long
 * GetReply            object_ids:[string] plasma_objects:[PlasmaObjectSpec] store_fds:[int] mmap_sizes:[long] handles:[table]
 * Release             object_id:string
 * Delete              count:int object_ids:[string]          DeleteReply    count:int object_ids:[string] errors:[int]
 * Contains            object_id:string                       ContainsReply  object_id:string has_object:int
 * List                (nothing)                              ListReply      objects:[ObjectInfo]
 * Connect             (nothing)                              ConnectReply   memory_capacity:long
 * Evict               num_bytes:ulong                        EvictReply     num_bytes:ulong
 * Subscribe           (nothing), then one byte that carries the descriptor to notify on
 * Notification        object_info:[ObjectInfo]; on that descriptor, framed as int64 length | table
 * SetOptions          client_name:string output_memory_quota:long           SetOptionsReply  error:int
 * GetDebugString      (nothing)                              GetDebugStringReply  debug_string:string
 * CreateAndSealBatch  object_ids:[string] evict_if_full:bool data:[string] metadata:[string] digest:[string]
 * CreateAndSealBatchReply  error:int
 * RefreshLru          object_ids:[string]                    RefreshLruReply  (nothing)
 *
 * struct PlasmaObjectSpec  segment_index:int data_offset:ulong data_size:ulong metadata_offset:ulong metadata_size:ulong
 *                          device_num:int
 * table  ObjectInfo        object_id:string data_size:long metadata_size:long ref_count:int create_time:long
 *                          construct_duration:long digest:string is_deletion:bool
 * </pre>
 *
 * <p>After a reply one byte with a descriptor follows for each segment in it that the connection was not sent before.
 */
public final class ArrowProtocol {
    /** Type of {@code DisconnectClient}. */
    public static final int DISCONNECT = 0;

    /** Type of {@code Create}; its reply is the next number, as with all requests. */
    public static final int CREATE = 1;

    /** Type of {@code CreateAndSeal}. */
    public static final int CREATE_AND_SEAL = 3;

    /** Type of {@code Abort}. */
    public static final int ABORT = 5;

    /** Type of {@code Seal}. */
    public static final int SEAL = 7;

    /** Type of {@code Get}. */
    public static final int GET = 9;

    /** Type of {@code Release}, which has no reply. */
    public static final int RELEASE = 11;

    /** Type of {@code Delete}. */
    public static final int DELETE = 13;

    /** Type of {@code Contains}. */
    public static final int CONTAINS = 15;

    /** Type of {@code List}. */
    public static final int LIST = 17;

    /** Type of {@code Connect}. */
    public static final int CONNECT = 19;

    /** Type of {@code Evict}. */
    public static final int EVICT = 21;

    /** Type of {@code Subscribe}, which has no reply. */
    public static final int SUBSCRIBE = 23;

    /** Type of {@code SetOptions}. */
    public static final int SET_OPTIONS = 28;

    /** Type of {@code GetDebugString}. */
    public static final int GET_DEBUG_STRING = 30;

    /** Type of {@code CreateAndSealBatch}. */
    public static final int CREATE_AND_SEAL_BATCH = 32;

    /** Type of {@code RefreshLru}. */
    public static final int REFRESH_LRU = 34;

    /** The largest type there is. */
    public static final int LAST_TYPE = 35;

    /** Error: none. */
    public static final int OK = 0;

    /** Error: an object of that id is there. */
    public static final int OBJECT_EXISTS = 1;

    /** Error: no object of that id is there. */
    public static final int OBJECT_NOT_FOUND = 2;

    /** Error: no room. */
    public static final int OUT_OF_MEMORY = 3;

    /** Error: it is still being written. */
    public static final int OBJECT_NOT_SEALED = 4;

    /** Error: somebody uses it. */
    public static final int OBJECT_IN_USE = 5;

    /** Bytes of a digest. */
    public static final int DIGEST_LENGTH = 8;

    /** A client maps that much less of a segment than it is told. */
    public static final int MMAP_GAP = 8;

    private ArrowProtocol() {}
}
