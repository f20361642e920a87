// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
/** Build step: makes the distribution from the features alone, and proves that its bundles resolve. Never shipped. */
package org.thornback.distribution;
