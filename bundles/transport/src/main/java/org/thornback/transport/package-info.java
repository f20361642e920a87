// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors

/**
 * Frames over UNIX sockets: non-blocking channels, the poller that serves them, and the seat that lets a waiting thread do
 * the polling itself. Used by both ends, the node and the runtime of drivers and workers.
 */
@Export
@Version("0.1.0")
package org.thornback.transport;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
