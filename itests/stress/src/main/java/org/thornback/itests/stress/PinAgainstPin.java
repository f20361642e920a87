// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.stress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;
import org.thornback.layout.SlotFlyweight;

/** Two threads of one client pin at once. */
@JCStressTest
@Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "Two pins.")
@Outcome(id = "false", expect = Expect.FORBIDDEN, desc = "One entry was given to both, or none to one of them.")
@State
public class PinAgainstPin extends SharedObject {
    private int first;
    private int second;

    public PinAgainstPin() {
        super(true);
    }

    @Actor
    public void one() {
        first = pin();
    }

    @Actor
    public void other() {
        second = pin(new SlotFlyweight());
    }

    @Arbiter
    public void end(Z_Result result) {
        result.r1 = first >= 0 && second >= 0 && first != second;
        unpin(first);
        unpin(second);
    }
}
