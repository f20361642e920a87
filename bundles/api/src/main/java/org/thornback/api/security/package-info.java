// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
/** Texts nobody may read by accident. */
@Export
@Version("1.0.0")
package org.thornback.api.security;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
