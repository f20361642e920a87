// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors

/** What a node measures: sources report to whoever asks. */
@Export
@Version("1.0.0")
package org.thornback.api.metrics;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
