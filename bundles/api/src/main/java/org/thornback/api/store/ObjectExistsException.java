// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.store;

import org.thornback.api.ThornbackException;

/** An object of that id is there already; objects are never overwritten. */
public final class ObjectExistsException extends ThornbackException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param id of the object.
     */
    public ObjectExistsException(PlasmaId id) {
        super(Category.INPUT, "object id=" + id + " exists already, objects are immutable: use another id");
    }
}
