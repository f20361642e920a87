// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.doctor;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.thornback.api.cluster.NodeDescription;
import org.thornback.api.cluster.StartAnswer;
import org.thornback.api.health.Diagnosis;

/** Keeps why the bundles of a node would refuse its start. Safe from any thread. */
public final class Refusals implements StartAnswer {
    private final List<String> sentences = new CopyOnWriteArrayList<>();

    /** Nothing is refused yet. */
    public Refusals() {}

    @Override
    public void ready(NodeDescription node) {
        // nothing is started
    }

    @Override
    public void remark(String sentence) {
        // who starts a node hears it
    }

    @Override
    public void refuse(List<String> more) {
        sentences.addAll(more);
    }

    /**
     * What they said.
     *
     * @return one sentence for each problem.
     */
    public List<String> sentences() {
        return List.copyOf(sentences);
    }

    /**
     * The same for a user of the doctor.
     *
     * @return one diagnosis for each problem; empty when nothing would be refused.
     */
    public List<Diagnosis> diagnoses() {
        return sentences.stream()
                .map(sentence -> Diagnosis.problem(
                        "options",
                        "`ray start --head` would be refused: " + sentence,
                        "Correct the option where it is given: on the command line, as a RAY_ variable, or in"
                                + " a file in etc of the distribution."))
                .toList();
    }
}
