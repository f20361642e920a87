// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.health;

import static java.util.Objects.requireNonNull;

/**
 * What a doctor says about one subject.
 *
 * @param subject a word, for instance {@code disk}.
 * @param verdict in short.
 * @param finding what was found, in a sentence.
 * @param remedy  the command that mends it, with what to know about it; empty unless there is a problem.
 */
public record Diagnosis(String subject, Verdict verdict, String finding, String remedy) {

    /** A diagnosis in short. */
    public enum Verdict {
        /** Nothing to be done. */
        OK,
        /** A node would fail, lose work or be open to strangers. */
        PROBLEM,
        /** Could not be looked at here and now. */
        SKIPPED
    }

    /** Checks that nothing is missing, and that a problem comes with its remedy. */
    public Diagnosis {
        requireNonNull(subject, "subject");
        requireNonNull(verdict, "verdict");
        requireNonNull(finding, "finding");
        requireNonNull(remedy, "remedy");
        if ((verdict == Verdict.PROBLEM) == remedy.isEmpty()) {
            throw new IllegalArgumentException("subject=" + subject + ": a problem needs a remedy, and only a problem");
        }
    }

    /**
     * All is well.
     *
     * @param subject a word.
     * @param finding what was found.
     * @return the diagnosis.
     */
    public static Diagnosis ok(String subject, String finding) {
        return new Diagnosis(subject, Verdict.OK, finding, "");
    }

    /**
     * Something is to be mended.
     *
     * @param subject a word.
     * @param finding what was found.
     * @param remedy  the command.
     * @return the diagnosis.
     */
    public static Diagnosis problem(String subject, String finding, String remedy) {
        return new Diagnosis(subject, Verdict.PROBLEM, finding, remedy);
    }

    /**
     * Nothing could be found out.
     *
     * @param subject a word.
     * @param reason  why not.
     * @return the diagnosis.
     */
    public static Diagnosis skipped(String subject, String reason) {
        return new Diagnosis(subject, Verdict.SKIPPED, reason, "");
    }
}
