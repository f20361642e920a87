// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
/** The raylet. */
package org.thornback.node.internal;
