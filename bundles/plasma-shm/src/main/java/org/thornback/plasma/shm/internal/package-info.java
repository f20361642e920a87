// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
/** Shared-memory segments. */
package org.thornback.plasma.shm.internal;
