// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.shell.internal;

import java.io.PrintStream;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.thornback.api.ThornbackException;
import org.thornback.api.command.NodeCommand;
import org.thornback.api.scheduling.SchedulingPolicies;
import org.thornback.shell.internal.Column.Kind;

/** {@code ray policy}: shows the scheduling policies and changes between them. Safe from any thread. */
@Component(service = NodeCommand.class, property = NodeCommand.NAME + "=policy")
public final class PolicyCommand extends CheckedCommand {
    private static final Verbs VERBS = new Verbs("list", "use NAME");

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile SchedulingPolicies policies;

    /** Waits for somebody to ask. */
    @Activate
    public PolicyCommand() {
        super("policy");
    }

    @Override
    int answer(String word, Words words, PrintStream out, PrintStream err) {
        String verb = VERBS.check(words);
        SchedulingPolicies asked = Question.there(policies, Question.SCHEDULER);
        if (verb.equals("list")) {
            out.print(listing(asked).text(words));
            return 0;
        }
        String name = words.argument(1).orElseThrow();
        try {
            asked.use(name);
        } catch (ThornbackException refused) {
            throw RefusedException.because(refused.getMessage());
        }
        out.println("Policy " + name + " chooses from the next lease on, see `ray policy list`.");
        return 0;
    }

    private static Listing<SchedulingPolicies.Entry> listing(SchedulingPolicies policies) {
        return new Listing<>(
                List.of(
                        new Column<>("policy", Kind.WORD, SchedulingPolicies.Entry::name),
                        new Column<>("inUse", Kind.WORD, SchedulingPolicies.Entry::inUse),
                        new Column<>("ranking", Kind.NUMBER, SchedulingPolicies.Entry::ranking),
                        new Column<>("decisions", Kind.NUMBER, SchedulingPolicies.Entry::decisions),
                        new Column<>("failed", Kind.NUMBER, SchedulingPolicies.Entry::failures),
                        new Column<>("remark", Kind.TEXT, SchedulingPolicies.Entry::remark)),
                policies.list());
    }
}
