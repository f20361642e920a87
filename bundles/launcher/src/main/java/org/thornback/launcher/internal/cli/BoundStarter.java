// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.cli;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import org.thornback.launcher.internal.boot.Starter;
import org.thornback.launcher.internal.record.NodeRecord;

/** Another starter that holds the other end of standard input as long as it wants the node. */
final class BoundStarter implements Starter {
    private final Starter starter;
    private final InputStream in;

    /**
     * Binds the node.
     *
     * @param starter who is told.
     * @param in      standard input, behind the words of the command line.
     */
    BoundStarter(Starter starter, InputStream in) {
        this.starter = requireNonNull(starter, "starter");
        this.in = requireNonNull(in, "in");
    }

    @Override
    public void remark(String sentence) {
        starter.remark(sentence);
    }

    @Override
    public boolean ready(NodeRecord node) {
        return starter.ready(node);
    }

    @Override
    public void refused(Iterable<String> sentences) {
        starter.refused(sentences);
    }

    @Override
    public void awaitEnd() throws InterruptedException {
        awaitEnd(in);
    }

    /** Waits until nobody holds the other end of a stream any more, through which nothing is said. */
    static void awaitEnd(InputStream in) {
        try {
            while (in.read() >= 0) {
                // only the end counts
            }
        } catch (IOException broken) {
            return; // as good as the end
        }
    }
}
