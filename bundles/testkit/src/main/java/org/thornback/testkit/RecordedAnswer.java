// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.testkit;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.thornback.api.cluster.NodeDescription;
import org.thornback.api.cluster.StartAnswer;

/** Keeps what a starting node answers. Safe from any thread. */
public final class RecordedAnswer implements StartAnswer {
    private final List<String> refusals = new CopyOnWriteArrayList<>();
    private final List<String> remarks = new CopyOnWriteArrayList<>();
    private volatile NodeDescription node;

    @Override
    public void ready(NodeDescription description) {
        node = description;
    }

    @Override
    public void remark(String sentence) {
        remarks.add(sentence);
    }

    @Override
    public void refuse(List<String> sentences) {
        refusals.addAll(sentences);
    }

    /** The node, once it said that it is ready. */
    public Optional<NodeDescription> ready() {
        return Optional.ofNullable(node);
    }

    /** What its user should know beside the answer. */
    public List<String> remarks() {
        return List.copyOf(remarks);
    }

    /** Why it cannot start, one sentence for each problem. */
    public List<String> refusals() {
        return List.copyOf(refusals);
    }
}
