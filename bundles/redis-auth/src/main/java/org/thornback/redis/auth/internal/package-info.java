// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
/** Credentials for Redis. */
package org.thornback.redis.auth.internal;
