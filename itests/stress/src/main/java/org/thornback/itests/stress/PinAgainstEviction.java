// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.stress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** A client pins an object while the store takes its memory away: not both may believe that it is theirs. */
@JCStressTest
@Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "Pinned in time: the store leaves it.")
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "Too late: the store takes it.")
@Outcome(id = "false, false", expect = Expect.ACCEPTABLE, desc = "The store saw a pin that was then withdrawn.")
@Outcome(id = "true, true", expect = Expect.FORBIDDEN, desc = "Somebody reads memory that was given away.")
@State
public class PinAgainstEviction extends SharedObject {
    private int entry;

    public PinAgainstEviction() {
        super(true);
    }

    @Actor
    public void client(ZZ_Result result) {
        entry = pin();
        result.r1 = entry >= 0;
    }

    @Actor
    public void store(ZZ_Result result) {
        result.r2 = leaveUnlessPinned();
    }

    @Arbiter
    public void end() {
        unpin(entry);
    }
}
