// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.cli;

import static java.util.Objects.requireNonNull;

import java.io.InputStream;
import org.thornback.launcher.internal.boot.Starter;
import org.thornback.launcher.internal.record.NodeRecord;

/**
 * A driver that starts a cluster of its own: it reads the node's record from standard output, or sentences from standard
 * error, and holds the other end of standard input as long as it lives.
 */
final class OwnerStarter implements Starter {
    private final InputStream in;

    /**
     * Creates the starter.
     *
     * @param in standard input, behind the words of the command line.
     */
    OwnerStarter(InputStream in) {
        this.in = requireNonNull(in, "in");
    }

    @Override
    public void remark(String sentence) {
        // a program's user reads it in the boot log: what is on standard error here are reasons not to start
    }

    @Override
    public boolean ready(NodeRecord node) {
        System.out.print(node.text());
        boolean read = !System.out.checkError();
        LineLog.replaceStandardStreams();
        return read;
    }

    @Override
    public void refused(Iterable<String> sentences) {
        sentences.forEach(System.err::println);
    }

    @Override
    public void awaitEnd() throws InterruptedException {
        BoundStarter.awaitEnd(in);
    }
}
