// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
/** What bin/ray runs: it starts Felix, or speaks to a node that runs. */
package org.thornback.launcher.internal;
