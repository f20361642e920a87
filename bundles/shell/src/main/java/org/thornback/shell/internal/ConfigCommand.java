// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.shell.internal;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.thornback.api.ThornbackException;
import org.thornback.api.command.NodeCommand;
import org.thornback.api.config.Configuration;
import org.thornback.api.config.Explanation;
import org.thornback.api.config.LiveConfiguration;
import org.thornback.api.config.Option;
import org.thornback.shell.internal.Column.Kind;

/** {@code ray config}: shows the options of this node, and changes live ones. Safe from any thread. */
@Component(service = NodeCommand.class, property = NodeCommand.NAME + "=config")
public final class ConfigCommand extends CheckedCommand {
    private static final Verbs VERBS = new Verbs("list", "get KEY", "explain KEY", "set KEY VALUE", "set KEY=VALUE...");
    private static final String SOURCE = "ray config set";

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Configuration configuration;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile LiveConfiguration live;

    /** Waits for somebody to ask. */
    @Activate
    public ConfigCommand() {
        super("config");
    }

    @Override
    int answer(String word, Words words, PrintStream out, PrintStream err) {
        String verb = VERBS.check(words);
        Configuration shown = configuration;
        LiveConfiguration edited = live;
        if (shown == null || edited == null) {
            throw RefusedException.because("the configuration of this node is not there (any more): start its bundle.");
        }
        String key = words.argument(1).orElse("");
        return switch (verb) {
            case "get" -> show(shown, key, out, err, Explanation::value);
            case "explain" -> show(shown, key, out, err, ConfigCommand::sentences);
            case "set" -> set(edited, shown, values(words.arguments().subList(1, words.count())), out, err);
            default -> {
                out.print(listing(shown).text(words));
                yield 0;
            }
        };
    }

    private static Listing<Explanation> listing(Configuration shown) {
        return new Listing<>(
                List.of(
                        new Column<>("option", Kind.WORD, one -> one.option().name()),
                        new Column<>("value", Kind.TEXT, Explanation::value),
                        new Column<>("live", Kind.WORD, one -> one.option().live()),
                        new Column<>("source", Kind.TEXT, Explanation::source)),
                shown.explainAll());
    }

    private static int show(
            Configuration shown, String name, PrintStream out, PrintStream err, Function<Explanation, String> text) {
        Optional<Explanation> found = find(shown, name);
        if (found.isEmpty()) {
            err.println("ray config: option=" + name + " is unknown; `ray config list` shows all.");
            return 1;
        }
        out.println(text.apply(found.get()));
        return 0;
    }

    private static Optional<Explanation> find(Configuration shown, String name) {
        return shown.explainAll().stream()
                .filter(one -> one.option().name().equals(name))
                .findFirst();
    }

    private static String sentences(Explanation one) {
        Option<?> option = one.option();
        StringBuilder text = new StringBuilder()
                .append(option.name())
                .append('=')
                .append(one.value())
                .append(" (")
                .append(one.source())
                .append(")\n")
                .append(option.description());
        if (!option.words().isEmpty()) {
            text.append("\nOne of ").append(String.join(", ", option.words())).append('.');
        } else if (option.type() == Integer.class || option.type() == Long.class) {
            text.append("\nA whole number from ")
                    .append(option.least())
                    .append(" to ")
                    .append(option.most());
            text.append(option.unit().isEmpty() ? "." : ", in " + option.unit() + ".");
        }
        return text.append(option.live() ? "\nCan be changed while the node runs." : "\nGiven at the start of a node.")
                .toString();
    }

    /** What is to be set, by name: {@code KEY=VALUE ...} or {@code KEY VALUE}; anything else is refused. */
    private static Map<String, String> values(List<String> words) {
        Map<String, String> values = new LinkedHashMap<>();
        if (words.size() == 2 && !words.getFirst().contains("=")) {
            values.put(words.getFirst(), words.getLast());
            return values;
        }
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals <= 0 || values.put(word.substring(0, equals), word.substring(equals + 1)) != null) {
                throw VERBS.usage();
            }
        }
        return values;
    }

    private static int set(
            LiveConfiguration live, Configuration shown, Map<String, String> values, PrintStream out, PrintStream err) {
        Map<String, String> before = new LinkedHashMap<>();
        values.keySet().forEach(name -> before.put(name, value(shown, name)));
        try {
            live.set(values, SOURCE);
        } catch (ThornbackException refused) {
            err.println("ray config: " + refused.getMessage());
            return 1;
        }
        before.forEach((name, text) -> out.println(name + ": " + text + " -> " + value(shown, name)));
        return 0;
    }

    private static String value(Configuration shown, String name) {
        return find(shown, name)
                .map(Explanation::value)
                .filter(text -> !text.isEmpty())
                .orElse("none");
    }
}
