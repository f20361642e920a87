// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors

/** The worker's side of calls: takes them from callers, runs them, answers. */
package org.thornback.ray.runtime.internal.worker;
