// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
/** Nodes of this user on this machine: their records, and how they are found and ended. */
package org.thornback.launcher.internal.record;
