// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.log.layout.internal;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.thornback.api.session.SessionLayout;

/** The layout of the page "Configuring Ray". Stateless. */
@Component
public final class PageLayout implements SessionLayout {
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd_HH-mm-ss_SSSSSS", Locale.ROOT);

    /** Nothing to set up. */
    @Activate
    public PageLayout() {}

    @Override
    public String sessionName(LocalDateTime started, long pid) {
        return "session_" + TIMESTAMP.format(started) + "_" + pid;
    }

    @Override
    public String logFile(String stem, boolean errorStream) {
        return stem + (errorStream ? ".err" : ".out");
    }

    @Override
    public String linePattern() {
        return "%d{\"yyyy-MM-dd HH:mm:ss,SSS\"} %p %c{0} [%t]: %m%n";
    }
}
