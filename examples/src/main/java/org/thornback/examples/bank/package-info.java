// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
/** The parts of the example with named actors that fail and come back. */
package org.thornback.examples.bank;
