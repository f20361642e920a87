// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors

/** Programs that know Ray's API or the JDK alone, and print what they measured, one figure a line. */
package org.thornback.benchmarks.programs;
