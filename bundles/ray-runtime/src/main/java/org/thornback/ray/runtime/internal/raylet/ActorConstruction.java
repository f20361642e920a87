// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.raylet;

import java.util.List;

/**
 * What a worker needs to become an actor.
 *
 * @param actorId        16 bytes.
 * @param restarts       how often it was constructed before.
 * @param maxConcurrency calls that may run at once.
 * @param gpuIds         GPUs it may use.
 * @param specification  what the creator wrote.
 */
public record ActorConstruction(
        byte[] actorId, int restarts, int maxConcurrency, List<Integer> gpuIds, byte[] specification) {}
