// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
/** The object store. */
package org.thornback.plasma.store.internal;
