// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors

/** The store's memory in files on a disk, for more objects than there is memory. */
package org.thornback.plasma.file.internal;
