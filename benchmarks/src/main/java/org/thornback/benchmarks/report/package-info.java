// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors

/** The table of figures: ours beside the peers', against the marks. */
package org.thornback.benchmarks.report;
