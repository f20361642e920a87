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
 * <p>Appenders are attached once and taken off by {@link #close}; streams may be asked for by any thread.
 */
final class ComponentStreams implements ComponentLog {
    private static final String PREFIX = "ray.";

    private final Path directory;
    private final SessionLayout layout;
    private final long maxBytes;
    private final int backups;
    private final LoggerContext context;
    private final List<RollingFileAppender<ILoggingEvent>> appenders = new ArrayList<>();

    ComponentStreams(Path directory, SessionLayout layout, long maxBytes, int backups) {
        this.directory = requireNonNull(directory, "directory");
        this.layout = requireNonNull(layout, "layout");
        this.maxBytes = maxBytes;
        this.backups = backups;
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
    void attach(String component, Level level) {
        StreamPair pair = streams(component);
        if (context == null) {
            return; // another logging backend: a test's
        }
        ch.qos.logback.classic.Logger logger = context.getLogger(PREFIX + component);
        logger.setLevel(level);
        logger.addAppender(appender(component + ".out", pair.out(), layout.linePattern(), null));
        logger.addAppender(appender(component + ".err", pair.err(), layout.linePattern(), Level.WARN));
    }

    void close() {
        for (RollingFileAppender<ILoggingEvent> appender : appenders) {
            for (ch.qos.logback.classic.Logger logger : context.getLoggerList()) {
                logger.detachAppender(appender);
            }
            appender.stop();
        }
    }

    private RollingFileAppender<ILoggingEvent> appender(String name, Path file, String pattern, Level threshold) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(pattern);
        encoder.start();
        RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
        appender.setContext(context);
        appender.setName(name);
        appender.setFile(file.toString());
        appender.setEncoder(encoder);
        Backups rolling = new Backups(backups);
        rolling.setContext(context);
        rolling.setParent(appender);
        rolling.setFileNamePattern(file + ".%i");
        rolling.start();
        SizeBasedTriggeringPolicy<ILoggingEvent> size = new SizeBasedTriggeringPolicy<>();
        size.setContext(context);
        size.setMaxFileSize(new FileSize(maxBytes));
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
        appenders.add(appender);
        return appender;
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
