// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors

/** What this process can tell of the tasks it owns. */
package org.thornback.ray.runtime.internal.task;
