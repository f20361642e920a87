// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
/** What every part of Thornback shares: the root of its exceptions. */
@Export
@Version("1.0.0")
package org.thornback.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
