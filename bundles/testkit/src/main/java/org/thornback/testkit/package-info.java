// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
/** What tests share: waiting for a condition, a clock to adjust, Felix in the test process. */
@Export
@Version("1.0.0")
package org.thornback.testkit;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
