// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.resources;

/**
 * What a machine has for this process, limits of its cgroup included.
 *
 * @param cpus            whole CPUs, at least 1.
 * @param gpus            GPUs this process may see.
 * @param totalMemory     bytes.
 * @param availableMemory bytes not in use.
 */
public record Machine(int cpus, int gpus, long totalMemory, long availableMemory) {}
