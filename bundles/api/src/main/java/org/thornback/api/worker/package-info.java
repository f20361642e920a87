// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors

/** Worker processes of a node: started ahead of need, lent to jobs, ended. */
@Export
@Version("1.0.0")
package org.thornback.api.worker;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
