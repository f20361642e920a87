// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors

/** What a node is and how it answers whoever started it or looks at it. */
@Export
@Version("1.1.0")
package org.thornback.api.cluster;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
