// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.metrics.internal;

import java.io.PrintStream;
import java.util.List;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.thornback.api.command.NodeCommand;

/** {@code ray metrics}: the page Prometheus would read, without a port. Safe from any thread. */
@Component(property = NodeCommand.NAME + "=metrics")
public final class MetricsCommand implements NodeCommand {
    private final PageWhenAsked page;

    /**
     * Waits for somebody to ask.
     *
     * @param page made when somebody does.
     */
    @Activate
    public MetricsCommand(@Reference ComponentServiceObjects<MetricsPage> page) {
        this.page = new PageWhenAsked(page);
    }

    /** Lets go of the page. */
    @Deactivate
    public void close() {
        page.close();
    }

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) {
        if (!arguments.isEmpty()) {
            err.println("ray metrics: it takes no words, but was given " + String.join(" ", arguments) + ".");
            return 2;
        }
        out.print(page.text());
        return 0;
    }
}
