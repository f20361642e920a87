// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.Bundle;

class FelixExtensionTest {
    @RegisterExtension
    final FelixExtension felix = new FelixExtension().bundles("org.thornback.api");

    @Test
    void shouldStartABundleOfTheClassPath() {
        assertThat(felix.bundle("org.thornback.api").getState()).isEqualTo(Bundle.ACTIVE);
    }

    @Test
    void shouldWaitForAServiceAndReturnIt() {
        Runnable service = () -> {};
        felix.context().registerService(Runnable.class, service, null);

        assertThat(felix.service(Runnable.class)).isSameAs(service);
    }
}
