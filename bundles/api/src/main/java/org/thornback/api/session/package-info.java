// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
/** The session of a node: its name, its directories, its sockets and its log files. */
@Export
@Version("1.0.0")
package org.thornback.api.session;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
