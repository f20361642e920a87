// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.store;

/** What the store counts, in shared memory, readable from outside. The order is the layout: append only. */
public enum StoreCounter {
    /** Bytes objects may take together. */
    CAPACITY_BYTES("capacity of objects in bytes"),
    /** Bytes objects take, alignment included. */
    USED_BYTES("bytes taken by objects"),
    /** Bytes with memory behind them, used or not. */
    RESERVED_BYTES("bytes reserved from the system"),
    /** Objects sealed and visible. */
    SEALED_OBJECTS("objects sealed"),
    /** Objects being written. */
    CREATED_OBJECTS("objects being written"),
    /** Objects deleted, or moved elsewhere, whose bytes somebody still pins. */
    LEAVING_OBJECTS("objects deleted or moved but pinned"),
    /** Clients connected. */
    CLIENTS("clients connected"),
    /** Objects created since the start. */
    CREATED_TOTAL("objects created since the start"),
    /** Objects that came through a client's ring since the start. */
    RING_PUTS_TOTAL("objects put through rings since the start"),
    /** Bytes of objects created since the start. */
    CREATED_BYTES_TOTAL("bytes of objects created since the start"),
    /** Objects deleted since the start. */
    DELETED_TOTAL("objects deleted since the start"),
    /** Objects evicted since the start. */
    EVICTED_TOTAL("objects evicted since the start"),
    /** Bytes evicted since the start. */
    EVICTED_BYTES_TOTAL("bytes evicted since the start"),
    /** Unsealed objects dropped because their creator gave up or died. */
    ABORTED_TOTAL("objects aborted since the start"),
    /** Creates refused for lack of room. */
    REFUSED_TOTAL("creates refused for lack of room since the start"),
    /** Connections ended because their bytes made no sense. */
    PROTOCOL_ERRORS_TOTAL("connections dropped for malformed input since the start"),
    /** Errors caught in the conductor; never expected. */
    CONDUCTOR_ERRORS_TOTAL("errors in the conductor since the start"),
    /** Segments the store has. */
    SEGMENTS("segments"),
    /** Bytes that lie in segments the store is leaving, former places of moved objects included. */
    LEFT_BYTES("bytes in segments that are being left"),
    /** Objects moved to another segment since the start. */
    MOVED_TOTAL("objects moved to another segment since the start"),
    /** Bytes moved to another segment since the start. */
    MOVED_BYTES_TOTAL("bytes moved to another segment since the start"),
    /** Objects that are held and written out. */
    SPILLED_OBJECTS("objects written out"),
    /** Bytes of objects that are held and written out. */
    SPILLED_BYTES("bytes of objects written out"),
    /** Objects written out since the start. */
    SPILLED_TOTAL("objects written out since the start"),
    /** Bytes of objects written out since the start. */
    SPILLED_BYTES_TOTAL("bytes of objects written out since the start"),
    /** Objects brought back since the start. */
    RESTORED_TOTAL("objects brought back since the start"),
    /** Bytes of objects brought back since the start. */
    RESTORED_BYTES_TOTAL("bytes of objects brought back since the start");

    private final String label;

    StoreCounter(String label) {
        this.label = label;
    }

    /**
     * What it says in a list.
     *
     * @return a short text.
     */
    public String label() {
        return label;
    }
}
