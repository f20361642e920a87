// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors

/**
 * The owner's side of calls: arguments become messages, tasks wait for leases and are pushed to workers, answers complete the
 * references.
 */
package org.thornback.ray.runtime.internal.owner;
