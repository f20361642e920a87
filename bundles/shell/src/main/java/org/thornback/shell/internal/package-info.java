// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
/** The door operator commands come through, and the commands: each only asks services and shows what they say. */
package org.thornback.shell.internal;
