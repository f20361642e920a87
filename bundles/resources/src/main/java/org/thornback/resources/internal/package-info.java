// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
/** Detection of what the machine has. */
package org.thornback.resources.internal;
