// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors

/** Actors as their callers know them: handles, and the calls on their way to an actor. */
package org.thornback.ray.runtime.internal.actor;
