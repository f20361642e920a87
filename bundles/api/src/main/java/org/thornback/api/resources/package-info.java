// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors

/** What a machine has, and what a node of it offers to tasks and actors. */
@Export
@Version("1.1.0")
package org.thornback.api.resources;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
