// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.raylet;

import java.nio.file.Path;

/**
 * A worker this owner may use.
 *
 * @param requestId of the request it answers.
 * @param leaseId   to be returned.
 * @param workerId  28 bytes.
 * @param pid       of the worker.
 * @param socket    where it takes calls.
 */
public record LeaseGrant(long requestId, long leaseId, byte[] workerId, int pid, Path socket) {}
