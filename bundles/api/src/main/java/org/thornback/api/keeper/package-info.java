// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors

/**
 * What outlives a bundle: so that config, redis-auth, scheduler, log-layout and plasma-store can be stopped, updated and started
 * while the node works.
 */
@Export
@Version("2.0.0")
package org.thornback.api.keeper;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
