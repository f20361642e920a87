// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.facade;

import io.ray.api.concurrencygroup.ConcurrencyGroup;
import io.ray.api.function.RayFunc;
import java.util.List;

/**
 * A concurrency group as its user built it.
 *
 * @param name           of the group.
 * @param maxConcurrency calls that may run at once.
 * @param methods        that belong to it.
 */
record MethodGroup(String name, int maxConcurrency, List<RayFunc> methods) implements ConcurrencyGroup {}
