// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.deploy.internal;

import org.thornback.api.InvalidInputException;

/** Takes in files of one kind. Called on the deployer's thread. */
interface Target {

    /**
     * Takes a file in, in place of what it took under the same name before. When it throws, what was there before still is.
     *
     * @throws InvalidInputException with a sentence that says why not.
     */
    void put(Content content);

    /**
     * Lets go of a file.
     *
     * @throws InvalidInputException when something else needs it; then it stays.
     */
    void remove(String name);

    /** What a successor of this bundle has to know of a file that was taken in; mostly nothing. */
    default String note(String name) {
        return "";
    }

    /**
     * Goes on with a file that a predecessor took in, which is still in effect.
     *
     * @param note what it noted of it.
     * @return false when it is not in effect any more; then it is taken in anew.
     */
    boolean goOn(String name, String hash, String note);

    /** What a file that was taken in still waits for, in a sentence; mostly empty. Any thread. */
    default String remark(String name) {
        return "";
    }
}
