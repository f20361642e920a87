// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors

/** Whether a node is whole, and what is missing when it is not. */
@Export
@Version("1.0.0")
package org.thornback.api.health;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
