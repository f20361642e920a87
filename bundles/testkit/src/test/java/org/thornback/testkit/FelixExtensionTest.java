// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;

class FelixExtensionTest {
    private static final String PACKAGE = "osgi.wiring.package";

    @RegisterExtension
    final FelixExtension felix = new FelixExtension().componentRuntime();

    @Test
    void shouldStartABundleOfTheClassPath() {
        assertThat(felix.bundle("org.apache.felix.scr").getState()).isEqualTo(Bundle.ACTIVE);
    }

    @Test
    void shouldExportTheApiFromTheSystemBundle() {
        assertThat(felix.context().getBundle(0).adapt(BundleWiring.class).getCapabilities(PACKAGE))
                .extracting(capability -> capability.getAttributes().get(PACKAGE))
                .contains("org.thornback.api", "org.slf4j");
    }

    @Test
    void shouldWaitForAServiceAndReturnIt() {
        Runnable service = () -> {};
        felix.context().registerService(Runnable.class, service, null);

        assertThat(felix.service(Runnable.class)).isSameAs(service);
    }
}
