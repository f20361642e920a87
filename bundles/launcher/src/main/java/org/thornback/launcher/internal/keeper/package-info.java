// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
/** Holds what outlives the bundles that can be swapped, and stands in for their services. */
package org.thornback.launcher.internal.keeper;
