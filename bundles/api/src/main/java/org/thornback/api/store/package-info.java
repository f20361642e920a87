// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors

/**
 * The object store of a node and the memory below it.
 *
 * <p>Objects are immutable once sealed, named by {@link org.thornback.api.store.PlasmaId}, and lie in
 * {@linkplain org.thornback.api.store.Segment segments} of shared memory that a
 * {@link org.thornback.api.store.StoreBackend} provides. One conductor thread owns the state of the
 * {@link org.thornback.api.store.ObjectStore}; every method may be called from any thread, methods that need the conductor
 * answer by a stage that completes on the conductor's thread: what is chained to it must be short and must not block. An
 * object goes when it is deleted, or, when nobody holds or pins it, to make room for others. Bytes that somebody pins stay
 * where they are until released.
 */
@Export
@Version("1.1.0")
package org.thornback.api.store;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
