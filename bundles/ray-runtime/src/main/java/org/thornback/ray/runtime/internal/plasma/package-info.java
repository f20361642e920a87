// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors

/**
 * The client of the node's object store for drivers and workers: needs no JVM flag, reads and pins without a call, copies a put
 * once.
 */
package org.thornback.ray.runtime.internal.plasma;
