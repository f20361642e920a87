// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
/** Programs to read and run, written only against Ray's own API. Each has a main method that takes no arguments. */
package org.thornback.examples;
