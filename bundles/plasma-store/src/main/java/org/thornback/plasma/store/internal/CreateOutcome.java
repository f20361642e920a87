// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

/** What became of a wish to create an object; one of the three is called once, on the conductor. */
interface CreateOutcome {

    void created(StoredObject object);

    void exists();

    void full(String sentence);
}
