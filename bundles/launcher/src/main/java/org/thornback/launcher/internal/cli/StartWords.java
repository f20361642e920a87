// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.cli;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads the usual command line of {@code ray start} without the command-line library, whose classes are older than what the
 * AOT cache takes and would cost a start a tenth of a second.
 *
 * <p>Whatever is not usual, a mistake or a question for help, is left to the library.
 */
final class StartWords {
    private static final Map<String, StartFlag> FLAGS =
            StartFlag.ALL.stream().collect(Collectors.toUnmodifiableMap(flag -> "--" + flag.key(), flag -> flag));

    private StartWords() {}

    /**
     * Understands known flags with their values, as {@code --flag=value}, {@code --flag value} or {@code --switch}.
     *
     * @param words behind {@code ray start}.
     * @return values by key, the last one of each; empty when the words are not all of that kind.
     */
    static Optional<Map<String, String>> read(List<String> words) {
        Map<String, String> given = new LinkedHashMap<>();
        Iterator<String> rest = words.iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            int equals = word.indexOf('=');
            StartFlag flag = FLAGS.get(equals < 0 ? word : word.substring(0, equals));
            if (flag == null || flag.isSwitch() != (equals < 0 && flag.isSwitch())) {
                return Optional.empty();
            }
            if (flag.isSwitch() || flag.isOptional() && equals < 0) {
                given.put(flag.key(), "true");
            } else if (equals >= 0) {
                given.put(flag.key(), word.substring(equals + 1));
            } else if (rest.hasNext()) {
                given.put(flag.key(), rest.next());
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(given);
    }
}
