// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors

/** The connection of a driver or worker to its node's raylet. */
package org.thornback.ray.runtime.internal.raylet;
