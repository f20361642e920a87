// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors

/** The control plane: durable facts of a cluster, kept in Redis. */
@Export
@Version("1.0.0")
package org.thornback.api.redis;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
