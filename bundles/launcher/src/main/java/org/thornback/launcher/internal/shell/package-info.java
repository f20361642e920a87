// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
/** The user's end of the command socket. */
package org.thornback.launcher.internal.shell;
