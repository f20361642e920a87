// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
/** The runtime of drivers and workers. */
package org.thornback.ray.runtime.internal;
