// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors

/** From a method reference at the caller to a method that runs in a worker. */
package org.thornback.ray.runtime.internal.function;
