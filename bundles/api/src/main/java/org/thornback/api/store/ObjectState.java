// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.store;

/** Where an object is in its life. */
public enum ObjectState {
    /** Its creator writes it; nobody else sees it. */
    CREATED,
    /** Immutable and visible. */
    SEALED,
    /** Sealed, but written out for lack of room; it comes back when somebody wants it. */
    SPILLED,
    /** Deleted, but somebody still pins its bytes. */
    LEAVING
}
