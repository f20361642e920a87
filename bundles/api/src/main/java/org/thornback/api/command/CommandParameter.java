// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.command;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * One word that may stand behind a command: an option, or an argument at its place.
 *
 * @param name        {@code --tail} for an option, {@code KIND} for an argument.
 * @param value       word for an option's value; empty for a switch and for arguments.
 * @param description one sentence.
 * @param isRequired  whether an argument has to be there.
 * @param isRepeated  whether more arguments like this one may follow; the last one only.
 * @param subject     what its value names.
 * @param words       the values there are; empty when they are not so few.
 */
public record CommandParameter(
        String name,
        String value,
        String description,
        boolean isRequired,
        boolean isRepeated,
        Subject subject,
        List<String> words) {

    /** What a value names, so that it can be completed. */
    public enum Subject {
        /** Nothing that could be listed, or one of the parameter's words. */
        NONE,
        /** Whatever the kind before it says. */
        OF_KIND,
        /** An actor, a worker or a job. */
        MORTAL,
        /** What may wait: an actor or a task. */
        WAITING,
        /** A worker. */
        WORKER,
        /** A log file. */
        LOG,
        /** An option of the node, or with a sign of equality behind it the value it may have. */
        OPTION,
        /** A value of the option before, or one more option with its value. */
        SETTING,
        /** A backend of the object store. */
        BACKEND,
        /** A file or directory of the user's, of which the command line tells the node the whole path. */
        LOCAL_FILE,
        /** A scheduling policy. */
        POLICY,
        /** A command. */
        COMMAND
    }

    /** Checks that nothing is missing. */
    public CommandParameter {
        requireNonNull(name, "name");
        requireNonNull(value, "value");
        requireNonNull(description, "description");
        requireNonNull(subject, "subject");
        words = List.copyOf(words);
    }

    /**
     * An option without a value.
     *
     * @param name        with its dashes.
     * @param description one sentence.
     * @return the parameter.
     */
    public static CommandParameter flag(String name, String description) {
        return new CommandParameter(name, "", description, false, false, Subject.NONE, List.of());
    }

    /**
     * An option with a value.
     *
     * @param name        with its dashes.
     * @param value       word for the value.
     * @param description one sentence.
     * @return the parameter.
     */
    public static CommandParameter option(String name, String value, String description) {
        return new CommandParameter(name, value, description, false, false, Subject.NONE, List.of());
    }

    /**
     * An argument that has to be there.
     *
     * @param name        in capitals.
     * @param description one sentence.
     * @return the parameter.
     */
    public static CommandParameter argument(String name, String description) {
        return new CommandParameter(name, "", description, true, false, Subject.NONE, List.of());
    }

    /**
     * The same, which may be left out.
     *
     * @return another parameter.
     */
    public CommandParameter optional() {
        return new CommandParameter(name, value, description, false, isRepeated, subject, words);
    }

    /**
     * The same, which may be followed by more of its kind.
     *
     * @return another parameter.
     */
    public CommandParameter repeated() {
        return new CommandParameter(name, value, description, isRequired, true, subject, words);
    }

    /**
     * The same, whose value names something.
     *
     * @param named what it names.
     * @return another parameter.
     */
    public CommandParameter naming(Subject named) {
        return new CommandParameter(name, value, description, isRequired, isRepeated, named, words);
    }

    /**
     * The same, which takes only some words.
     *
     * @param known the words.
     * @return another parameter.
     */
    public CommandParameter oneOf(String... known) {
        return new CommandParameter(name, value, description, isRequired, isRepeated, subject, List.of(known));
    }

    /**
     * Whether it is an option.
     *
     * @return false for an argument.
     */
    public boolean isOption() {
        return name.startsWith("-");
    }
}
