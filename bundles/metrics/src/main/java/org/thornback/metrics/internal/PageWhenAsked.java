// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.metrics.internal;

import static java.util.Objects.requireNonNull;

import org.osgi.service.component.ComponentServiceObjects;

/** The page, made when somebody asks for it the first time and kept from then on: until then it costs nothing. */
final class PageWhenAsked implements AutoCloseable {
    private final ComponentServiceObjects<MetricsPage> pages;
    private MetricsPage page;

    PageWhenAsked(ComponentServiceObjects<MetricsPage> pages) {
        this.pages = requireNonNull(pages, "pages");
    }

    String text() {
        return page().text();
    }

    private synchronized MetricsPage page() {
        if (page == null) {
            page = pages.getService();
        }
        return page;
    }

    @Override
    public synchronized void close() {
        if (page != null) {
            pages.ungetService(page);
            page = null;
        }
    }
}
