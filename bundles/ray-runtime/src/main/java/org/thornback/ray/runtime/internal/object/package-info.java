// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors

/** Objects as this process knows them: references, their outcomes, who holds them, and put, get and wait. */
package org.thornback.ray.runtime.internal.object;
