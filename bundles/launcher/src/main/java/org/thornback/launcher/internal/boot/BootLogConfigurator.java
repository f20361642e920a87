// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.boot;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.Logger;

/**
 * Sets up Logback without a file to parse: everything from {@code INFO} on goes to the {@link BootLog}.
 *
 * <p>Found by Logback through {@code META-INF/services}. The session's files are attached later by the bundle that lays
 * them out.
 */
public final class BootLogConfigurator extends ContextAwareBase implements Configurator {

    /** For Logback. */
    public BootLogConfigurator() {}

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);
        BootLog.attach(context);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
