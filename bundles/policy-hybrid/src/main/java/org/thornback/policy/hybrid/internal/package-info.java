// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
/** The hybrid scheduling policy. */
package org.thornback.policy.hybrid.internal;
