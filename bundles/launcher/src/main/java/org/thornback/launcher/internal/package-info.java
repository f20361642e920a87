// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
/** What bin/ray runs. */
package org.thornback.launcher.internal;
