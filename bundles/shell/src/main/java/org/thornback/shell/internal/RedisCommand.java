// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.shell.internal;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.thornback.api.command.NodeCommand;
import org.thornback.api.redis.ControlStore;
import org.thornback.api.redis.ControlStore.Table;
import org.thornback.api.security.RedisCredentials;
import org.thornback.shell.internal.Column.Kind;

/** {@code ray redis}: where the control plane is, how quick, and what it holds. Safe from any thread. */
@Component(service = NodeCommand.class, property = NodeCommand.NAME + "=redis")
public final class RedisCommand extends CheckedCommand {
    private static final String CONTROL = "the control plane of this node";
    private static final long NANOS_PER_MICRO = 1_000;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ControlStore control;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile RedisCredentials credentials;

    /** Waits for somebody to ask. */
    @Activate
    public RedisCommand() {
        super("redis");
    }

    private record Fact(String name, String value) {}

    @Override
    int answer(String word, Words words, PrintStream out, PrintStream err) {
        ControlStore asked = Question.there(control, CONTROL);
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("address", asked.address()));
        long before = System.nanoTime();
        Question.ask(asked, CONTROL, there -> there.get(Table.FACTS, "nothing"));
        facts.add(new Fact("roundTripMicros", Long.toString((System.nanoTime() - before) / NANOS_PER_MICRO)));
        RedisCredentials known = credentials;
        if (known != null) {
            facts.add(new Fact("password", known.isDefault() ? "the well-known one" : "one of its own"));
        }
        for (Table table : Table.values()) {
            int size = Question.ask(asked, CONTROL, there -> there.all(table)).size();
            facts.add(new Fact(table.name().toLowerCase(Locale.ROOT), Integer.toString(size)));
        }
        out.print(new Listing<>(
                        List.of(
                                new Column<>("fact", Kind.WORD, Fact::name),
                                new Column<>("value", Kind.TEXT, Fact::value)),
                        facts)
                .text(words));
        return 0;
    }
}
