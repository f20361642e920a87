// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors

/**
 * The messages of Apache Arrow's Plasma clients, as of Arrow 11: types and slots, a reader that trusts nothing it reads, and a
 * writer of answers.
 */
@Export
@Version("1.0.0")
package org.thornback.layout.arrow;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
