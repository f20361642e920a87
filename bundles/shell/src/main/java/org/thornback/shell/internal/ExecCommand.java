// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.shell.internal;

import static java.util.Objects.requireNonNull;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Process;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.thornback.api.command.CommandCatalogue;
import org.thornback.api.command.CommandParameter;
import org.thornback.api.command.NodeCommand;

/**
 * {@code ray exec}: one line of the Felix shell. Its exit status is that of the last of our commands in it, or 1 when the line
 * failed. It has a session of its own, unless it says in which one it is to run: {@code ray shell} holds one by the command
 * {@code session}, which ends when nobody holds it any more. Owns all sessions. Safe from any thread.
 */
@Component(
        service = NodeCommand.class,
        property = {NodeCommand.NAME + "=exec", NodeCommand.NAME + "=" + CommandCatalogue.SESSION})
public final class ExecCommand implements NodeCommand {
    private final CommandProcessor shell;
    private final Map<String, ShellSession> sessions = new ConcurrentHashMap<>();

    /**
     * Waits for a line.
     *
     * @param shell runs it.
     */
    @Activate
    public ExecCommand(@Reference CommandProcessor shell) {
        this.shell = requireNonNull(shell, "shell");
    }

    @Override
    public boolean endsWithItsUser() {
        return true;
    }

    @Override
    public int run(String name, List<String> given, PrintStream out, PrintStream err) {
        return name.equals(CommandCatalogue.SESSION) ? hold(out) : run(given, out, err);
    }

    private int hold(PrintStream out) {
        return inNewSession((id, session) -> {
            out.println(id);
            out.flush();
            try {
                session.awaitEnd();
            } catch (InterruptedException userLeft) {
                Thread.currentThread().interrupt();
            }
            return 0;
        });
    }

    @Override
    public int run(List<String> given, PrintStream out, PrintStream err) {
        List<String> user = given.stream()
                .takeWhile(ExecCommand::isOurs)
                .filter(word -> !is(word, CommandCatalogue.IN_SESSION))
                .toList();
        Optional<String> wanted = value(given, CommandCatalogue.IN_SESSION);
        List<String> words = given.stream().dropWhile(ExecCommand::isOurs).toList();
        if (words.isEmpty()) {
            err.println("ray exec: give a line of the Felix shell, for instance `ray exec \"lb\"`.");
            return 2;
        }
        String line = String.join(" ", words);
        Optional<ShellSession> there = wanted.map(sessions::get);
        if (there.isPresent()) {
            return there.get().run(line, user, out, err);
        }
        if (wanted.isPresent()) {
            err.println("ray exec: what was set in this shell is gone, for the Felix shell was stopped meanwhile.");
        }
        return inNewSession((id, session) -> session.run(line, user, out, err));
    }

    private static Optional<String> value(List<String> given, CommandParameter option) {
        String begin = option.name() + "=";
        return given.stream()
                .takeWhile(ExecCommand::isOurs)
                .filter(word -> word.startsWith(begin))
                .map(word -> word.substring(begin.length()))
                .findFirst();
    }

    /** Whether a word says how the line is to be run; those stand before it. */
    private static boolean isOurs(String word) {
        return is(word, CommandCatalogue.WIDTH)
                || is(word, CommandCatalogue.FROM)
                || is(word, CommandCatalogue.IN_SESSION);
    }

    private static boolean is(String word, CommandParameter option) {
        return word.startsWith(option.name() + "=");
    }

    private interface InSession {
        int run(String id, ShellSession session);
    }

    private int inNewSession(InSession action) {
        String id = UUID.randomUUID().toString();
        try (ShellSession session = new ShellSession(shell)) {
            sessions.put(id, session);
            return action.run(id, session);
        } finally {
            sessions.remove(id);
        }
    }

    /** The shell is being stopped, mostly by a line in one of these sessions. */
    @Deactivate
    public void close() {
        Optional<CommandSession> by = Optional.ofNullable(Process.Utils.current())
                .map(process -> process.job().session());
        sessions.values().forEach(session -> session.shellStops(by));
    }
}
