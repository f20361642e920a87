// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** Decides who may join, and numbers jobs. */
interface Admission {

    /** Whether a client knows the cluster's password. */
    boolean passwordProven(byte[] clientId, byte[] proof);

    /** Where the cluster is, for messages. */
    String clusterAddress();

    /** Numbers a job, or says in one sentence why that is not possible; either runs on the conductor, maybe later. */
    void nextJobId(IntConsumer action, Consumer<String> refusal);
}
