// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.doctor;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.thornback.api.ThornbackException;
import org.thornback.api.health.Diagnosis;
import org.thornback.launcher.internal.command.CommandClient;

/** A node that runs: what its own health checks find that is not well. */
final class NodeCheck {
    private static final String SUBJECT = "node";

    /** Asks a node. */
    @FunctionalInterface
    interface Question {
        /**
         * Asks.
         *
         * @param socket of the node's commands.
         * @param out    gets the answer.
         * @return exit status.
         */
        int ask(Path socket, OutputStream out);
    }

    private final Question question;

    NodeCheck() {
        this((socket, out) ->
                CommandClient.run(socket, "health-check", List.of("--problems"), out, OutputStream.nullOutputStream()));
    }

    NodeCheck(Question question) {
        this.question = requireNonNull(question, "question");
    }

    /** One diagnosis for each problem, or one that says that there is none. */
    List<Diagnosis> look(String session, Path socket) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            question.ask(socket, answer);
        } catch (ThornbackException deaf) {
            return List.of(Diagnosis.problem(
                    SUBJECT,
                    "Node " + session + ": " + deaf.getMessage(),
                    "`ray stop --session=" + session + "`, then start it again."));
        }
        List<Diagnosis> problems = answer.toString(StandardCharsets.UTF_8)
                .lines()
                .map(line -> Diagnosis.problem(
                        SUBJECT,
                        "Node " + session + ": " + line,
                        "`ray health-check --session=" + session
                                + "` says what is meant; the logs are in the session's directory."))
                .toList();
        return problems.isEmpty()
                ? List.of(Diagnosis.ok(SUBJECT, "Node " + session + ": all of its health checks are well."))
                : problems;
    }
}
