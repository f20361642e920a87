// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.door;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thornback.api.command.Commands;
import org.thornback.api.command.NodeCommand;
import org.thornback.api.health.NodeParts;

/** Runs what a user asked for, and says what is missing when it is not there. Safe from any thread. */
final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger("ray.raylet");
    private static final Duration START_LIMIT = Duration.ofSeconds(10);

    private final Commands commands;
    private final NodeParts parts;
    private final BundleStart starts;

    /** Answers with these commands. */
    Answers(Commands commands, NodeParts parts, BundleStart starts) {
        this.commands = requireNonNull(commands, "commands");
        this.parts = requireNonNull(parts, "parts");
        this.starts = requireNonNull(starts, "starts");
    }

    /**
     * Runs a command.
     *
     * @param texts its name and its arguments.
     * @param in    ends when its user goes away.
     * @param out   standard output of the user.
     * @param err   standard error of the user.
     * @return exit status.
     */
    int run(List<String> texts, InputStream in, PrintStream out, PrintStream err) {
        OptionalLong started = BundleStart.number(texts);
        if (started.isPresent()) {
            return starts.run(started.getAsLong(), err);
        }
        String name = texts.getFirst();
        awaitCommand(name);
        Optional<Integer> status = commands.use(name, command -> run(command, in, texts, out, err));
        return status.orElseGet(() -> absent(name, err));
    }

    private static int run(NodeCommand command, InputStream in, List<String> texts, PrintStream out, PrintStream err) {
        String name = texts.getFirst();
        if (command.endsWithItsUser()) {
            Thread running = Thread.currentThread();
            Thread.ofVirtual().name("command-user").start(() -> interruptAtEnd(in, running));
        }
        try {
            return command.run(name, texts.subList(1, texts.size()), out, err);
        } catch (RuntimeException failure) {
            LOG.error("command={} failed", name, failure);
            err.println("ray " + name + ": failed, " + failure + "; the node's log has more.");
            return 1;
        }
    }

    /** A node that has just become ready is still starting what no task needs: an unknown command may be on its way. */
    private void awaitCommand(String name) {
        if (commands.names().contains(name)) {
            return;
        }
        try {
            parts.awaitStarted(START_LIMIT);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Nobody sends anything behind a command: when reading ends, its user has gone, or its channel was closed after it. */
    private static void interruptAtEnd(InputStream in, Thread running) {
        try {
            if (in.read() < 0) {
                running.interrupt();
            }
        } catch (IOException over) {
            LOG.trace("the command is over", over);
        }
    }

    /** Wrong usage, unless the command may be part of a bundle that is stopped. */
    private int absent(String name, PrintStream err) {
        err.println("ray: this node has no command=" + name + "; it has " + commands.names() + ".");
        List<String> stopped = parts.stoppedBundles();
        stopped.forEach(sentence -> err.println("Missing: " + sentence));
        return stopped.isEmpty() ? 2 : 1;
    }
}
