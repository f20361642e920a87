// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors

/** JMH benchmarks of hot pieces. Those of package-private pieces stand in the package of their piece. */
package org.thornback.benchmarks.micro;
