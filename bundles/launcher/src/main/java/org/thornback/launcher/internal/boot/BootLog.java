// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.boot;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * What is logged before the session's own files exist, and while the bundle that lays them out is away.
 *
 * <p>Events are kept in memory, the newest {@value #KEPT} of them, until {@link #moveTo} names a directory; from then on they
 * are written to {@code boot.log} there, but only while nobody else listens at the root logger. Appenders are called under
 * Logback's own lock; {@link #moveTo} may come from any thread.
 */
final class BootLog extends AppenderBase<ILoggingEvent> {
    private static final int KEPT = 2_000;
    private static final String PATTERN = "%d{\"yyyy-MM-dd HH:mm:ss,SSS\"} %-5level %logger [%thread]: %msg%n%ex";

    private final Deque<String> early = new ArrayDeque<>();
    private final PatternLayout layout = new PatternLayout();
    private BufferedWriter file;

    /**
     * Attaches a boot log to the root logger, below every other appender.
     *
     * @param context the process's logging.
     * @return the boot log.
     */
    static BootLog attach(LoggerContext context) {
        BootLog log = new BootLog();
        log.setContext(context);
        log.setName("boot");
        log.layout.setContext(context);
        log.layout.setPattern(PATTERN);
        log.layout.start();
        log.start();
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(log);
        return log;
    }

    /**
     * The boot log of this process.
     *
     * @return null when logging was set up by somebody else, as in tests.
     */
    static BootLog ofThisProcess() {
        return LoggerFactory.getILoggerFactory() instanceof LoggerContext context
                        && context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).getAppender("boot")
                                instanceof BootLog log
                ? log
                : null;
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (file == null) {
            if (early.size() == KEPT) {
                early.removeFirst();
            }
            early.addLast(layout.doLayout(event));
        } else if (aloneAtRoot()) {
            write(layout.doLayout(event));
        }
    }

    /**
     * Writes what was kept to a file and goes on there.
     *
     * @param logs an existing directory.
     */
    synchronized void moveTo(Path logs) {
        if (file != null) {
            return;
        }
        Path path = logs.resolve("boot.log");
        try {
            Files.deleteIfExists(path);
            Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            file = Files.newBufferedWriter(path, StandardCharsets.UTF_8, StandardOpenOption.APPEND);
        } catch (IOException unwritable) {
            addError("boot log " + path + " cannot be written", unwritable);
            return;
        }
        early.forEach(this::write);
        early.clear();
    }

    /**
     * What is only in memory so far.
     *
     * @return the lines, oldest first.
     */
    synchronized List<String> kept() {
        return List.copyOf(early);
    }

    private void write(String text) {
        try {
            file.write(text);
            file.flush();
        } catch (IOException full) {
            addError("boot log cannot be written", full);
        }
    }

    private boolean aloneAtRoot() {
        Iterator<Appender<ILoggingEvent>> appenders = ((LoggerContext) getContext())
                .getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)
                .iteratorForAppenders();
        while (appenders.hasNext()) {
            if (appenders.next() != this) {
                return false;
            }
        }
        return true;
    }
}
