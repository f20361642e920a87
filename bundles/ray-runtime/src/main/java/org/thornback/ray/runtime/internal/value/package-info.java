// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors

/** Turns values into metadata and bytes and back: what travels in messages and lies in the store. */
package org.thornback.ray.runtime.internal.value;
