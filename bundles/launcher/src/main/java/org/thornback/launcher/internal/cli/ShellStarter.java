// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.cli;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.thornback.launcher.internal.boot.Starter;
import org.thornback.launcher.internal.record.NodeRecord;

/** A user at a shell who typed {@code ray start}: reads sentences, and goes on unless {@code --block} was given. */
final class ShellStarter implements Starter {
    private final List<String> remarks;

    /**
     * Creates the starter.
     *
     * @param remarks sentences to say first, on standard error.
     */
    ShellStarter(List<String> remarks) {
        this.remarks = List.copyOf(requireNonNull(remarks, "remarks"));
    }

    @Override
    public void remark(String sentence) {
        System.err.println("ray start: warning: " + sentence);
    }

    @Override
    public boolean ready(NodeRecord node) {
        remarks.forEach(System.err::println);
        System.out.println(text(node));
        System.out.flush();
        System.err.flush();
        if (!StatusPipe.isThere()) {
            return true;
        }
        boolean read = StatusPipe.tell(0);
        LineLog.replaceStandardStreams();
        return read;
    }

    private static String text(NodeRecord record) {
        return """
            Local node IP: %s

            --------------------
            Ray runtime started.
            --------------------

            Next steps
              To add another node to this Ray cluster, run
                ray start --address='%s'

              To connect a Java program on this machine to it, run
                java -cp "$(ray classpath):app.jar" Main

              To look at it:        ray status
              To terminate it:      ray stop

              Session directory:    %s\
            """.formatted(
                        record.node().nodeIp(),
                        record.node().redisAddress(),
                        record.node().sessionDirectory());
    }

    @Override
    public void refused(Iterable<String> sentences) {
        remarks.forEach(System.err::println);
        sentences.forEach(sentence -> System.err.println("ray start: " + sentence));
    }

    @Override
    public void awaitEnd() throws InterruptedException {
        new CountDownLatch(1).await(); // a shell never asks for the end: ray stop does, by a signal
    }
}
