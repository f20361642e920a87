// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
/** redis-server processes and control-plane tables. */
package org.thornback.redis.internal;
