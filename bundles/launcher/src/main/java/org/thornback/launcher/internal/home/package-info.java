// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
/** The unpacked distribution: its places and its lists of bundles. */
package org.thornback.launcher.internal.home;
