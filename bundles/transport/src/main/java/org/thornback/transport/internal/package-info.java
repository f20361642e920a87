// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors

/** The transport as services. */
package org.thornback.transport.internal;
