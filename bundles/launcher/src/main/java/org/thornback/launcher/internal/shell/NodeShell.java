// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.shell;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thornback.api.ThornbackException;
import org.thornback.api.command.CommandCatalogue;
import org.thornback.api.command.CommandProtocol;
import org.thornback.launcher.internal.command.CommandClient;
import org.thornback.launcher.internal.command.HeldCommand;

/**
 * Takes lines until there is none any more and lets the node run them, one after another, in one session of the Felix shell: what
 * a line sets, the next one has. Used by one thread.
 */
public final class NodeShell {
    private final Path socket;
    private final Lines lines;
    private Optional<HeldCommand> session = Optional.empty();
    private boolean lost;

    /**
     * Prepares a shell.
     *
     * @param socket the node's command socket.
     * @param lines  to be run.
     */
    public NodeShell(Path socket, Lines lines) {
        this.socket = requireNonNull(socket, "socket");
        this.lines = requireNonNull(lines, "lines");
    }

    /**
     * Runs all lines.
     *
     * @return exit status of the last one, 1 when the node ended meanwhile.
     * @throws IOException when lines cannot be read.
     */
    public int run() throws IOException {
        try {
            return runLines();
        } finally {
            session.ifPresent(HeldCommand::close);
        }
    }

    private int runLines() throws IOException {
        int status = 0;
        while (true) {
            Optional<String> next = lines.next();
            String line = next.map(String::strip).orElse("exit");
            if (line.equals("exit") || line.equals("quit")) {
                return status;
            }
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            try {
                status = lines.interruptibly(() -> run(line));
            } catch (ThornbackException gone) {
                System.err.println("ray shell: " + gone.getMessage());
                return 1;
            }
        }
    }

    private int run(String line) {
        int status = execute(line);
        if (status != CommandProtocol.UNCONFIRMED) {
            return status;
        }
        return lines.agrees() ? execute(line + " " + CommandCatalogue.YES.name()) : 1;
    }

    /** Empty while the node's shell is stopped: it still understands some lines then. */
    private Optional<String> session() {
        if (session.filter(HeldCommand::goesOn).isEmpty()) {
            lost |= session.isPresent();
            session.ifPresent(HeldCommand::close);
            session = HeldCommand.begin(socket, CommandCatalogue.SESSION);
        }
        if (lost && session.isPresent()) {
            System.err.println(
                    "ray shell: what was set in this shell is gone, for the Felix shell was stopped meanwhile.");
            lost = false;
        }
        return session.map(HeldCommand::line);
    }

    private int execute(String line) {
        List<String> words = new ArrayList<>();
        if (lines.width() > 0) {
            words.add(CommandCatalogue.WIDTH.name() + "=" + lines.width());
        }
        words.add(CommandCatalogue.FROM.name() + "=" + Path.of("").toAbsolutePath());
        session().ifPresent(id -> words.add(CommandCatalogue.IN_SESSION.name() + "=" + id));
        words.add(line);
        return CommandClient.run(socket, "exec", words, System.out, System.err);
    }
}
