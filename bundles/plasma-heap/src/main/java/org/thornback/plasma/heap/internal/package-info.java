// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors

/** The store's memory within what the node's own heap may have, for tests and tiny devices. */
package org.thornback.plasma.heap.internal;
