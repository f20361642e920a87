// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.layout.arrow;

import org.thornback.api.store.PlasmaId;

/** What an answer to a get consists of. */
public interface FoundObjects {

    /**
     * How many objects were asked for.
     *
     * @return the count.
     */
    int count();

    /**
     * One of the ids asked for.
     *
     * @param number from 0.
     * @return the id.
     */
    PlasmaId id(int number);

    /**
     * Whether that object is there.
     *
     * @param number from 0.
     * @return false when the other questions about it make no sense.
     */
    boolean isFound(int number);

    /**
     * Where that object lies.
     *
     * @param number from 0.
     * @return number of the segment.
     */
    int segment(int number);

    /**
     * Where in the segment its data begin.
     *
     * @param number from 0.
     * @return bytes from its start.
     */
    long offset(int number);

    /**
     * Length of its data.
     *
     * @param number from 0.
     * @return bytes.
     */
    long dataSize(int number);

    /**
     * Length of its metadata.
     *
     * @param number from 0.
     * @return bytes.
     */
    int metadataSize(int number);

    /**
     * How many segments the objects lie in.
     *
     * @return the count.
     */
    int segments();

    /**
     * Number of one of these segments.
     *
     * @param number from 0.
     * @return as in {@link #segment}.
     */
    int segmentNumber(int number);

    /**
     * Length of one of these segments.
     *
     * @param number from 0.
     * @return bytes.
     */
    long segmentLength(int number);
}
