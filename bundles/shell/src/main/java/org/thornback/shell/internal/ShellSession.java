// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.shell.internal;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.apache.felix.service.command.Job;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session of the Felix shell: its variables last as long as it does. Its lines run one after another, each with the streams of
 * whoever typed it. Safe from any thread.
 */
final class ShellSession implements AutoCloseable {
    /** Where our commands leave their exit status in a session. */
    static final String STATUS = "ray.status";

    /** Where a session keeps what is known of its user, as the options that say it. */
    static final String USER = "ray.user";

    private static final Logger LOG = LoggerFactory.getLogger("ray.raylet");
    private static final String SCOPES = "ray:*:felix:scr";

    private final Outlet out = new Outlet();
    private final Outlet err = new Outlet();
    private final CountDownLatch end = new CountDownLatch(1);
    private final CommandSession session;
    private volatile boolean stopsTheShell;

    /** Begins one in which nothing is set yet. */
    ShellSession(CommandProcessor shell) {
        session = shell.createSession(InputStream.nullInputStream(), out, err);
        session.put("SCOPE", SCOPES);
    }

    /**
     * Where the commands of a session write: each line has its own streams. What an earlier line left behind, which could not be
     * interrupted, is heard by the user of the next one, as in any shell.
     */
    private static final class Outlet extends OutputStream {
        private volatile PrintStream line;

        @Override
        public void write(int one) {
            write(new byte[] {(byte) one}, 0, 1);
        }

        /** The shell hands on no flush, and what a command says while it goes on is to be seen meanwhile. */
        @Override
        public void write(byte[] bytes, int offset, int length) {
            PrintStream now = line;
            if (now != null) {
                now.write(bytes, offset, length);
                now.flush();
            }
        }
    }

    /**
     * Runs a line. When its thread is interrupted, what can be interrupted of it is.
     *
     * @param line  for the shell.
     * @param user  what is known of the user, as options of commands: the terminal's width, where relative paths begin.
     * @return status of the last of our commands in it, 1 when the line failed.
     */
    synchronized int run(String line, List<String> user, PrintStream lineOut, PrintStream lineErr) {
        out.line = lineOut;
        err.line = lineErr;
        session.put(STATUS, 0);
        session.put(USER, user);
        try {
            Object result = session.execute(line);
            if (result != null) {
                lineOut.println(session.format(result, Converter.INSPECT));
            }
            return session.get(STATUS) instanceof Integer status ? status : 0;
        } catch (InterruptedException ended) {
            return interrupted(lineErr);
        } catch (Exception failure) { // the shell says so of any line and any command
            LOG.debug("line={} failed", line, failure);
            RefusedException refused = ShellFailure.of(failure);
            lineErr.println("ray exec: " + refused.getMessage());
            return refused.status();
        } finally {
            out.line = null;
            err.line = null;
            if (stopsTheShell) {
                session.close();
            }
        }
    }

    /** The user went away, or the shell did, which interrupts all that runs in it. */
    private int interrupted(PrintStream lineErr) {
        if (stopsTheShell) {
            return 0; // as it was told
        }
        Job left = session.foregroundJob();
        if (left != null) {
            left.interrupt();
            leave(left);
        }
        lineErr.println("ray exec: the line was interrupted.");
        return 1;
    }

    /** What cannot be interrupted is in the way of no other line. */
    private static void leave(Job job) {
        try {
            job.background();
        } catch (IllegalStateException over) {
            LOG.trace("job={} is over", job.id(), over);
        }
    }

    /**
     * The shell is being stopped.
     *
     * @param by the session whose line does it, if one does: it is interrupted by the shell itself, when that has stopped.
     */
    void shellStops(Optional<CommandSession> by) {
        if (by.filter(session::equals).isPresent()) {
            stopsTheShell = true;
            end.countDown();
        } else {
            close();
        }
    }

    /** Waits until the session has ended, whoever ends it. */
    void awaitEnd() throws InterruptedException {
        end.await();
    }

    /** Interrupts what still runs in it, and forgets its variables. */
    @Override
    public void close() {
        end.countDown();
        if (!stopsTheShell) { // its line goes on until the shell has stopped
            session.close();
        }
    }
}
