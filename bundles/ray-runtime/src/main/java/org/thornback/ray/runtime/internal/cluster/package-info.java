// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors

/** Finds the cluster a driver means, or starts one. */
package org.thornback.ray.runtime.internal.cluster;
