// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
/** A scheduling policy to drop into a running node. */
package org.thornback.examples.policy;
