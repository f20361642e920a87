// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
/** Worker processes. */
package org.thornback.worker.pool.internal;
