// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
/** Operator commands of a node: what one is, and how a user's process reaches it. */
@Export
@Version("1.1.0")
package org.thornback.api.command;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
