// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
/** What {@code ray doctor} looks at besides the machine: Java, ports, who can reach Redis, and nodes that run. */
package org.thornback.launcher.internal.doctor;
