// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.boot;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;

/** Warnings and errors on standard error, for a process without a session. Called under Logback's own lock. */
public final class StderrLog extends AppenderBase<ILoggingEvent> {
    private final PatternLayout layout = new PatternLayout();

    private StderrLog() {}

    /** Attaches it, where Logback keeps this process's log. */
    public static void attach() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            StderrLog log = new StderrLog();
            log.setContext(context);
            log.layout.setContext(context);
            log.layout.setPattern("%d{\"yyyy-MM-dd HH:mm:ss,SSS\"} %-5level %msg%n");
            log.layout.start();
            log.start();
            context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(log);
        }
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
            System.err.print(layout.doLayout(event));
        }
    }
}
