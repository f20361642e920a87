// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.boot;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.thornback.api.cluster.NodeDescription;
import org.thornback.api.cluster.StartAnswer;

/** Keeps the first answer of a starting node. Safe from any thread. */
final class Answer implements StartAnswer {
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private final List<String> remarks = new CopyOnWriteArrayList<>();

    /** What became of the start. */
    sealed interface Outcome {}

    /**
     * A task can run.
     *
     * @param node how to reach it.
     */
    record Ready(NodeDescription node) implements Outcome {}

    /**
     * The node does not start for a reason the user can change.
     *
     * @param sentences the reasons.
     */
    record Refused(List<String> sentences) implements Outcome {}

    /**
     * The node does not start for a reason of its own; its logs say more.
     *
     * @param sentences what is known.
     */
    record Failed(List<String> sentences) implements Outcome {}

    @Override
    public void ready(NodeDescription node) {
        outcome.complete(new Ready(requireNonNull(node, "node")));
    }

    @Override
    public void remark(String sentence) {
        remarks.add(requireNonNull(sentence, "sentence"));
    }

    @Override
    public void refuse(List<String> sentences) {
        outcome.complete(new Refused(List.copyOf(sentences)));
    }

    void fail(List<String> sentences) {
        outcome.complete(new Failed(List.copyOf(sentences)));
    }

    /** What the user should know beside the answer. */
    List<String> remarks() {
        return List.copyOf(remarks);
    }

    CompletableFuture<Outcome> outcome() {
        return outcome;
    }
}
