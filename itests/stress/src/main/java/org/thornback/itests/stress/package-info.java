// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
/**
 * Two threads at the words they share without a lock, in every order the machine and its compilers find (jcstress): the shared
 * index and the pin pages of the object store.
 */
package org.thornback.itests.stress;
