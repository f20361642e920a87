// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors

/** Who may run where and when: leases, their accounting, and the policies that choose nodes. All resources are in 1/10000. */
@Export
@Version("1.1.0")
package org.thornback.api.scheduling;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
