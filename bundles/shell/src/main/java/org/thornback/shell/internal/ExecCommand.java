// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.shell.internal;

import static java.util.Objects.requireNonNull;

import java.io.FilterOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thornback.api.command.CommandCatalogue;
import org.thornback.api.command.NodeCommand;

/**
 * {@code ray exec}: one line of the Felix shell, in a session of its own. Its exit status is that of the last of our commands
 * in it, or 1 when the line failed. Safe from any thread.
 */
@Component(property = NodeCommand.NAME + "=exec")
public final class ExecCommand implements NodeCommand {
    /** Where our commands leave their exit status in a session. */
    static final String STATUS = "ray.status";

    /** Where a session keeps the width of its user's terminal, as the option that says it. */
    static final String WIDTH = "ray.width";

    private static final Logger LOG = LoggerFactory.getLogger("ray.raylet");
    private static final String SCOPES = "ray:*:felix:scr";

    private final CommandProcessor shell;

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
    public int run(List<String> given, PrintStream out, PrintStream err) {
        boolean narrow = !given.isEmpty() && given.getFirst().startsWith(CommandCatalogue.WIDTH.name() + "=");
        List<String> arguments = narrow ? given.subList(1, given.size()) : given;
        if (arguments.isEmpty()) {
            err.println("ray exec: give a line of the Felix shell, for instance `ray exec \"lb\"`.");
            return 2;
        }
        String line = String.join(" ", arguments);
        try (CommandSession session = shell.createSession(InputStream.nullInputStream(), atOnce(out), atOnce(err))) {
            session.put("SCOPE", SCOPES);
            session.put(STATUS, 0);
            if (narrow) {
                session.put(WIDTH, given.getFirst());
            }
            Object result = session.execute(line);
            if (result != null) {
                out.println(session.format(result, Converter.INSPECT));
            }
            return session.get(STATUS) instanceof Integer status ? status : 0;
        } catch (Exception failure) { // the shell says so of any line and any command
            LOG.debug("line={} failed", line, failure);
            err.println("ray exec: " + sentence(failure));
            return 1;
        }
    }

    /** The shell hands on no flush, and what a command says while it goes on is to be seen meanwhile. */
    private static OutputStream atOnce(PrintStream stream) {
        return new FilterOutputStream(stream) {
            @Override
            public void write(byte[] bytes, int offset, int length) {
                stream.write(bytes, offset, length);
                stream.flush();
            }
        };
    }

    private static String sentence(Exception failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message.strip();
    }
}
