// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors

/**
 * Where bytes are laid out that more than one process reads: the one buffer type, descriptors and flyweights of the shared
 * object index, pin pages and put rings. Every shared region begins with a packed semantic version that is checked when it
 * is opened. Nothing here starts threads, logs, or needs a JVM flag.
 */
@Export
@Version("1.0.0")
package org.thornback.layout;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
