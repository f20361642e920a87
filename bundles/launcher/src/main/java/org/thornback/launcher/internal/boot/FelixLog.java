// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.boot;

import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.slf4j.LoggerFactory;

/** Felix's own log, spoken into SLF4J. Safe from any thread. */
final class FelixLog extends org.apache.felix.framework.Logger {
    private static final org.slf4j.Logger TARGET = LoggerFactory.getLogger("felix.framework");

    @Override
    @SuppressWarnings("rawtypes") // as Felix declares it
    protected void doLog(Bundle bundle, ServiceReference reference, int level, String message, Throwable cause) {
        String text = bundle == null ? message : bundle.getSymbolicName() + ": " + message;
        switch (level) {
            case LOG_ERROR -> TARGET.error(text, cause);
            case LOG_WARNING -> TARGET.warn(text, cause);
            case LOG_INFO -> TARGET.info(text, cause);
            default -> TARGET.debug(text, cause);
        }
    }
}
