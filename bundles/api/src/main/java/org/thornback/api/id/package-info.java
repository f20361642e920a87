// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors

/** Names of things in a cluster, as bytes. */
@Export
@Version("1.0.0")
package org.thornback.api.id;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
