// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
/** The words a user types: one class for each command, and what is said when one is mistyped. */
package org.thornback.launcher.internal.cli;
