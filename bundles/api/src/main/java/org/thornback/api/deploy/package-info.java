// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors

/** What is added to a node while it runs: files of its deploy folder, code of jobs among them, and features. */
@Export
@Version("1.0.0")
package org.thornback.api.deploy;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
