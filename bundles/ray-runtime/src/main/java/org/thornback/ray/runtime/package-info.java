// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors

/** Entry of the runtime that drivers and workers load through a class loader of its own. */
package org.thornback.ray.runtime;
