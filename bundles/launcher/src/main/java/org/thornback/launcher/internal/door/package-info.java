// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
/** Where a node hears the commands of its user. */
package org.thornback.launcher.internal.door;
