// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors

/** Frames between processes of a node, as services: what the raylet needs of a transport. */
@Export
@Version("1.0.0")
package org.thornback.api.transport;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
