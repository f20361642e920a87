// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
/** Configuration layers made into one explained configuration. */
package org.thornback.config.internal;
