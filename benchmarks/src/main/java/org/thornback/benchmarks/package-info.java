// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
/** JMH benchmarks of single pieces on the hot paths. Run by {@code benchmarks/jmh}. */
package org.thornback.benchmarks;
