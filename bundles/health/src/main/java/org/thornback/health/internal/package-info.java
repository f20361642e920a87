// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
/** Health checks of a node, each with a meaning of its own, and the command that asks them. */
package org.thornback.health.internal;
