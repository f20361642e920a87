// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.stress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.J_Result;

/** An object that moves to another backend's memory is there all the time. */
@JCStressTest
@Outcome(id = "64", expect = Expect.ACCEPTABLE, desc = "Found where it was or where it is.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Missed, or found before it was whole.")
@State
public class MoveAgainstLookup extends SharedObject {
    private int entry;

    public MoveAgainstLookup() {
        super(true);
    }

    @Actor
    public void client(J_Result result) {
        entry = pin();
        result.r1 = entry >= 0 ? found().dataOffset() : -1;
    }

    @Actor
    public void store() {
        move();
    }

    @Arbiter
    public void end() {
        unpin(entry);
    }
}
