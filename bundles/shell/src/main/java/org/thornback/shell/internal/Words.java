// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.shell.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.thornback.api.command.CommandCatalogue;
import org.thornback.api.command.CommandDescription;
import org.thornback.api.command.CommandParameter;

/** What stood behind a command's name, checked against what may stand there. Immutable. */
final class Words {
    private final CommandDescription command;
    private final Map<String, String> options = new HashMap<>();
    private final List<String> arguments = new ArrayList<>();

    /** Reads words; fails with one sentence when they are not what the command takes. */
    Words(CommandDescription command, List<String> typed) {
        this.command = command;
        for (Iterator<String> rest = typed.iterator(); rest.hasNext(); ) {
            String word = rest.next();
            if (word.matches("-[^\\d].*")) { // a negative number is no option
                option(word, rest);
            } else {
                arguments.add(word);
            }
        }
        checkArguments();
    }

    /** An argument by its place, from 0. */
    Optional<String> argument(int place) {
        return place < arguments.size() ? Optional.of(arguments.get(place)) : Optional.empty();
    }

    /** All arguments in their order. */
    List<String> arguments() {
        return List.copyOf(arguments);
    }

    boolean has(String option) {
        return options.containsKey(option);
    }

    /** How many arguments there are. */
    int count() {
        return arguments.size();
    }

    Optional<String> value(String option) {
        return Optional.ofNullable(options.get(option));
    }

    /**
     * A file or directory of the user's.
     *
     * @param what as which it was given.
     */
    Path path(String what, String text) {
        Path path = value(CommandCatalogue.FROM.name())
                .map(Path::of)
                .orElse(Path.of(""))
                .resolve(text)
                .normalize();
        if (!path.isAbsolute()) {
            throw RefusedException.because(what + "=" + text + " is not absolute: give the whole path.");
        }
        return path;
    }

    /** The value of an option that takes a number from 0 on. */
    Optional<Integer> number(String option) {
        return value(option).map(text -> {
            if (!text.matches("\\d{1,9}")) {
                throw RefusedException.usage(option + "=" + text + " is no whole number from 0 to 999999999.");
            }
            return Integer.parseInt(text);
        });
    }

    private void option(String word, Iterator<String> rest) {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        CommandParameter parameter = command.parameters().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> RefusedException.usage("unknown option " + name + ": " + usage()));
        if (parameter.value().isEmpty() && equals >= 0) {
            throw RefusedException.usage("option " + name + " takes no value: " + usage());
        }
        if (parameter.value().isEmpty()) {
            options.put(name, "");
        } else if (equals >= 0) {
            options.put(name, word.substring(equals + 1));
        } else if (rest.hasNext()) {
            options.put(name, rest.next());
        } else {
            throw RefusedException.usage("option " + name + " needs a value: " + usage());
        }
    }

    private void checkArguments() {
        List<CommandParameter> places =
                command.parameters().stream().filter(one -> !one.isOption()).toList();
        boolean more = !places.isEmpty() && places.getLast().isRepeated();
        if (arguments.size() > places.size() && !more) {
            throw RefusedException.usage("unknown argument " + arguments.get(places.size()) + ": " + usage());
        }
        for (int place = 0; place < places.size(); place++) {
            CommandParameter parameter = places.get(place);
            if (place >= arguments.size() && parameter.isRequired()) {
                throw RefusedException.usage(parameter.name() + " is missing: " + usage());
            }
            if (place < arguments.size()
                    && !parameter.words().isEmpty()
                    && !parameter.words().contains(arguments.get(place))) {
                throw RefusedException.usage(parameter.name() + "=" + arguments.get(place) + " is not one of "
                        + String.join(", ", parameter.words()) + ".");
            }
        }
    }

    private String usage() {
        return "give `" + synopsis(command) + "`.";
    }

    /** The command in one line. */
    static String synopsis(CommandDescription command) {
        return command.parameters().stream()
                .map(parameter -> {
                    String text = parameter.name()
                            + (parameter.isOption() && !parameter.value().isEmpty() ? "=" + parameter.value() : "")
                            + (parameter.isRepeated() ? "..." : "");
                    return parameter.isRequired() ? text : "[" + text + "]";
                })
                .collect(Collectors.joining(" ", "ray " + command.name() + " ", ""))
                .strip();
    }
}
