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
import org.thornback.api.deploy.FeatureSets;
import org.thornback.shell.internal.Column.Kind;

/** {@code ray feature}: shows the features, installs and removes them. Safe from any thread. */
@Component(service = NodeCommand.class, property = NodeCommand.NAME + "=feature")
public final class FeatureCommand extends CheckedCommand {
    private static final Verbs VERBS = new Verbs("list", "install NAME", "uninstall NAME");

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile FeatureSets features;

    /** Waits for somebody to ask. */
    @Activate
    public FeatureCommand() {
        super("feature");
    }

    @Override
    int answer(String word, Words words, PrintStream out, PrintStream err) {
        String verb = VERBS.check(words);
        FeatureSets asked = Question.there(features, "the deploy bundle of this node");
        if (verb.equals("list")) {
            out.print(listing(asked).text(words));
            return 0;
        }
        String name = words.argument(1).orElseThrow();
        try {
            List<String> bundles = verb.equals("install") ? asked.install(name) : asked.uninstall(name);
            out.println("Feature " + name + " is " + verb + "ed"
                    + (bundles.isEmpty() ? ", nothing had to change." : ": " + String.join(", ", bundles) + "."));
            return 0;
        } catch (ThornbackException refused) {
            throw RefusedException.because(refused.getMessage());
        }
    }

    private static Listing<FeatureSets.Entry> listing(FeatureSets features) {
        return new Listing<>(
                List.of(
                        new Column<>("feature", Kind.WORD, FeatureSets.Entry::name),
                        new Column<>("installed", Kind.WORD, FeatureSets.Entry::installed),
                        new Column<>("about", Kind.SENTENCE, FeatureSets.Entry::about)),
                features.list());
    }
}
