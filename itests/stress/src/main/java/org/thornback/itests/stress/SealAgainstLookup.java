// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.stress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** Whoever finds a sealed object finds all that was written before it was sealed. */
@JCStressTest
@Outcome(id = "-1, -1", expect = Expect.ACCEPTABLE, desc = "Not sealed yet.")
@Outcome(id = "64, 10", expect = Expect.ACCEPTABLE, desc = "Sealed, and whole.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Sealed, but not whole.")
@State
public class SealAgainstLookup extends SharedObject {
    private int entry;

    public SealAgainstLookup() {
        super(false);
    }

    @Actor
    public void client(JJ_Result result) {
        entry = pin();
        result.r1 = entry >= 0 ? found().dataOffset() : -1;
        result.r2 = entry >= 0 ? found().dataSize() : -1;
    }

    @Actor
    public void store() {
        seal();
    }

    @Arbiter
    public void end() {
        unpin(entry);
    }
}
