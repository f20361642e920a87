// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
/** Becoming a node: Felix, what it is given, what is waited for, and its end. */
package org.thornback.launcher.internal.boot;
