// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
/** The AOT caches that make a start quick: how they are made, once for each JDK and distribution. */
package org.thornback.launcher.internal.cache;
