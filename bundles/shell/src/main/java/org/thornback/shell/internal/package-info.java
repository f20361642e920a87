// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
/** Commands for the operator. */
package org.thornback.shell.internal;
