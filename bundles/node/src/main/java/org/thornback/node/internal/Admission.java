// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** Decides who may join, and numbers jobs. */
interface Admission {

    /** Whether a client knows the cluster's password. */
    boolean passwordProven(byte[] clientId, byte[] proof);

    /** Where the cluster is, for messages. */
    String clusterAddress();

    /**
     * Finds what the entries of a code search path mean, those that name deployed jars; or says in one sentence why that is not
     * possible. Either runs on the conductor, at once when there are none.
     */
    void code(List<String> path, Consumer<List<String>> action, Consumer<String> refusal);

    /** Numbers a job, or says in one sentence why that is not possible; either runs on the conductor, maybe later. */
    void nextJobId(IntConsumer action, Consumer<String> refusal);
}
