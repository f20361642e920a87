// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.command;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What a command is for and what may stand behind it: its help, its completion and its check are made of this.
 *
 * @param name       the word the user types.
 * @param summary    one sentence.
 * @param parameters arguments in their order, options in any.
 */
public record CommandDescription(String name, String summary, List<CommandParameter> parameters) {

    /** Checks that nothing is missing. */
    public CommandDescription {
        requireNonNull(name, "name");
        requireNonNull(summary, "summary");
        parameters = List.copyOf(parameters);
    }
}
