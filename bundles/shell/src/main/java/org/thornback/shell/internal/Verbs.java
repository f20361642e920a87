// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.shell.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What may stand behind each verb of a command. Immutable.
 *
 * <p>A form is written as a user reads it: {@code use NAME [--directory=DIRECTORY]}. Its words in capitals must stand there, the
 * last one several times when dots follow it; an option of a form goes with that verb alone, others with every verb.
 */
final class Verbs {
    private final List<Form> forms;

    /** One verb. */
    private record Form(String text, String verb, int arguments, boolean repeated, Set<String> options) {
        static Form of(String text) {
            List<String> words = List.of(text.split(" "));
            List<String> arguments =
                    words.stream().skip(1).filter(word -> !word.startsWith("[")).toList();
            Set<String> options = words.stream()
                    .filter(word -> word.startsWith("["))
                    .map(word -> word.replaceAll("[\\[\\]]|=.*", ""))
                    .collect(Collectors.toSet());
            boolean repeated = !arguments.isEmpty() && arguments.getLast().endsWith("...");
            return new Form(text, words.getFirst(), arguments.size(), repeated, options);
        }

        boolean takes(int count) {
            return count == arguments || repeated && count > arguments;
        }
    }

    /** Knows the forms, one for each verb of the command. */
    Verbs(String... forms) {
        this.forms = Arrays.stream(forms).map(Form::of).toList();
    }

    /** The verb, if what stands behind it is what it takes; a refusal with all forms is thrown otherwise. */
    String check(Words words) {
        String verb = words.argument(0).orElseThrow();
        Set<String> foreign = forms.stream()
                .filter(form -> !form.verb().equals(verb))
                .flatMap(form -> form.options().stream())
                .collect(Collectors.toSet());
        return forms.stream()
                .filter(form -> form.verb().equals(verb) && form.takes(words.count() - 1))
                .filter(form -> foreign.stream().noneMatch(words::has))
                .findFirst()
                .orElseThrow(this::usage)
                .verb();
    }

    /** A refusal that says what there is. */
    RefusedException usage() {
        List<String> texts = new ArrayList<>(
                forms.stream().map(form -> "`" + form.text() + "`").toList());
        String last = texts.removeLast();
        return RefusedException.usage("give "
                + (texts.isEmpty()
                        ? last
                        : Stream.of(String.join(", ", texts), last).collect(Collectors.joining(" or ")))
                + ".");
    }
}
