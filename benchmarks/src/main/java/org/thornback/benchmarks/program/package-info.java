// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
/** Programs written only against Ray's API and the JDK, so that they run on the peer and here unchanged. */
package org.thornback.benchmarks.program;
