// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.boot;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.service.log.LogService;
import org.slf4j.LoggerFactory;

class LogBridgeTest {
    private final LogService service = LogBridge.service();
    private final Logger target = (Logger) LoggerFactory.getLogger("a.component");
    private final ListAppender<ILoggingEvent> events = new ListAppender<>();

    @BeforeEach
    void listen() {
        events.start();
        target.addAppender(events);
        target.setLevel(Level.INFO);
    }

    @AfterEach
    void stopListening() {
        target.detachAppender(events);
    }

    @Test
    void shouldPassOnMessageValuesAndException() {
        IllegalStateException failure = new IllegalStateException("broken");

        service.getLogger("a.component").error("component {} failed", "x", failure);

        assertThat(events.list).singleElement().satisfies(event -> {
            assertThat(event.getLevel()).isEqualTo(Level.ERROR);
            assertThat(event.getFormattedMessage()).isEqualTo("component x failed");
            assertThat(event.getThrowableProxy().getMessage()).isEqualTo("broken");
        });
    }

    @Test
    void shouldKnowWhichLevelsAreOn() {
        var logger = service.getLogger("a.component");

        assertThat(logger.isInfoEnabled()).isTrue();
        assertThat(logger.isDebugEnabled()).isFalse();
        assertThat(logger.getName()).isEqualTo("a.component");
    }

    @Test
    void shouldBeAServiceLikeAnyOther() {
        assertThat(service).isEqualTo(service).hasToString("log service over SLF4J");
        assertThat(service.hashCode()).isEqualTo(service.hashCode());
    }
}
