// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors

/** Programs that put the questions of our benchmarks to other systems. */
package org.thornback.benchmarks.peers;
