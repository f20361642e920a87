// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
/** What a node is configured with: the options, where their values came from, and what the starter said. */
@Export
@Version("2.0.0")
package org.thornback.api.config;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
