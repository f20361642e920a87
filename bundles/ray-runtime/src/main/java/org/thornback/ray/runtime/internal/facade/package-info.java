// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors

/** Ray's own interface on top of the other packages, and what joins them in a driver or a worker. */
package org.thornback.ray.runtime.internal.facade;
