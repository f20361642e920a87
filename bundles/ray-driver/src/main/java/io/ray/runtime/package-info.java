// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
/**
 * The one class Ray's API looks for by name, and how it reaches the implementation without showing it to the user's program.
 */
package io.ray.runtime;
