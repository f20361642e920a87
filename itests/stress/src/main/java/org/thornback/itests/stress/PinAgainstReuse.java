// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.stress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A client pins an object while its slot is given to another one. */
@JCStressTest
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "Not there any more.")
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "Pinned before it went.")
@Outcome(id = "2", expect = Expect.FORBIDDEN, desc = "Somebody else's object was pinned.")
@State
public class PinAgainstReuse extends SharedObject {
    private int entry;

    public PinAgainstReuse() {
        super(true);
    }

    @Actor
    public void client(I_Result result) {
        entry = pin();
        if (entry >= 0) {
            result.r1 = found().id().equals(id) ? 1 : 2;
        }
    }

    @Actor
    public void store() {
        if (leaveUnlessPinned()) {
            reuse();
        }
    }

    @Arbiter
    public void end() {
        unpin(entry);
    }
}
