// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors

/**
 * The object store: one conductor thread owns the table of objects, the memory and the clients, and is the event loop of the
 * store's socket. Everything of this package that is not said to be safe belongs to that thread.
 */
package org.thornback.plasma.store.internal;
