// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
/** Where bytes are laid out: buffers, descriptors and flyweights shared between processes. */
@Export
@Version("1.0.0")
package org.thornback.layout;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
