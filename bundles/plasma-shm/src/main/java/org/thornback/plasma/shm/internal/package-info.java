// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors

/** The store's memory from shared memory: anonymous, or below a directory the user chose. */
package org.thornback.plasma.shm.internal;
