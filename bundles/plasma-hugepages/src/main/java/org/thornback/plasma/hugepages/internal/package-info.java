// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors

/** The store's memory in huge pages, in files of a hugetlbfs. */
package org.thornback.plasma.hugepages.internal;
