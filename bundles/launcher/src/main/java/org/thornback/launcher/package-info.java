// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
/** The main class of every process that {@code bin/ray} becomes. */
package org.thornback.launcher;
