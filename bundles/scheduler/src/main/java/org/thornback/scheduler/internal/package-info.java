// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
/** Leases and accounting. */
package org.thornback.scheduler.internal;
