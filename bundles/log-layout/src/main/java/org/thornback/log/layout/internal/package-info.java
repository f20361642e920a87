// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
/** Session directories and log streams. */
package org.thornback.log.layout.internal;
