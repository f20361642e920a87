// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.object;

/**
 * What reading an object gave.
 *
 * @param value the value, or the exception to be thrown.
 * @param error whether it is to be thrown.
 */
public record StoredValue(Object value, boolean error) {}
