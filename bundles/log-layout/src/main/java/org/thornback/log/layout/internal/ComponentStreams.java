// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.log.layout.internal;

import static java.util.Objects.requireNonNull;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.Duration;
import ch.qos.logback.core.util.FileSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;
import org.thornback.api.ThornbackException;
import org.thornback.api.ThornbackException.Category;
import org.thornback.api.session.ComponentLog;
import org.thornback.api.session.SessionLayout;
import org.thornback.api.session.StreamPair;

/**
 * Files for every component and process of a session. A component's logger {@code ray.<component>} writes all to its
 * {@code .out} and warnings and worse, with stack traces, to its {@code .err}.
 *
 * <p>Appenders are attached once and taken off by {@link #close}; streams may be asked for, and levels and sizes changed, by
 * any thread.
 */
final class ComponentStreams implements ComponentLog {
    private static final String PREFIX = "ray.";

    private final Path directory;
    private final SessionLayout layout;
    private final LoggerContext context;
    private final List<Attached> attached = new ArrayList<>();
    private Rules rules;

    /**
     * What is logged, and how much is kept.
     *
     * @param level    least level.
     * @param maxBytes of a file until it is rotated.
     * @param backups  rotated files kept.
     */
    record Rules(Level level, long maxBytes, int backups) {}

    private record Attached(
            ch.qos.logback.classic.Logger logger,
            RollingFileAppender<ILoggingEvent> appender,
            SizeBasedTriggeringPolicy<ILoggingEvent> size,
            Backups rolling) {}

    ComponentStreams(Path directory, SessionLayout layout, Rules rules) {
        this.directory = requireNonNull(directory, "directory");
        this.layout = requireNonNull(layout, "layout");
        this.rules = requireNonNull(rules, "rules");
        this.context = LoggerFactory.getILoggerFactory() instanceof LoggerContext logback ? logback : null;
    }

    @Override
    public StreamPair streams(String stem) {
        StreamPair pair = new StreamPair(
                directory.resolve(layout.logFile(stem, false)), directory.resolve(layout.logFile(stem, true)));
        create(pair.out());
        create(pair.err());
        return pair;
    }

    /** Writes what the component logs to its pair. */
    synchronized void attach(String component) {
        StreamPair pair = streams(component);
        if (context == null) {
            return; // another logging backend: a test's
        }
        ch.qos.logback.classic.Logger logger = context.getLogger(PREFIX + component);
        logger.setLevel(rules.level());
        attach(logger, component + ".out", pair.out(), null);
        attach(logger, component + ".err", pair.err(), Level.WARN);
    }

    /** Logs by other rules from now on; a file that is too large then is rotated with the next line. */
    synchronized void change(Rules next) {
        rules = next;
        for (Attached one : attached) {
            one.logger.setLevel(next.level());
            one.size.setMaxFileSize(new FileSize(next.maxBytes()));
            one.rolling.keep(next.backups());
        }
    }

    synchronized void close() {
        for (Attached one : attached) {
            one.logger.detachAppender(one.appender);
            one.appender.stop();
        }
    }

    private void attach(ch.qos.logback.classic.Logger logger, String name, Path file, Level threshold) {
        RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
        appender.setContext(context);
        appender.setName(name);
        appender.setFile(file.toString());
        appender.setEncoder(encoder());
        Backups rolling = new Backups(rules.backups());
        rolling.setContext(context);
        rolling.setParent(appender);
        rolling.setFileNamePattern(file + ".%i");
        rolling.start();
        SizeBasedTriggeringPolicy<ILoggingEvent> size = new SizeBasedTriggeringPolicy<>();
        size.setContext(context);
        size.setMaxFileSize(new FileSize(rules.maxBytes()));
        size.setCheckIncrement(Duration.buildByMilliseconds(0)); // by itself it looks once a minute
        size.start();
        appender.setRollingPolicy(rolling);
        appender.setTriggeringPolicy(size);
        if (threshold != null) {
            ThresholdFilter filter = new ThresholdFilter();
            filter.setLevel(threshold.toString());
            filter.start();
            appender.addFilter(filter);
        }
        appender.start();
        logger.addAppender(appender);
        attached.add(new Attached(logger, appender, size, rolling));
    }

    private PatternLayoutEncoder encoder() {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(layout.linePattern());
        encoder.start();
        return encoder;
    }

    private static void create(Path file) {
        try {
            if (!Files.exists(file)) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
        } catch (IOException e) {
            throw new ThornbackException(
                    Category.FATAL, "log file=" + file + " cannot be created: " + e.getMessage(), e);
        }
    }
}
