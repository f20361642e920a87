// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.thornback.testkit.FelixExtension;

/** Asks the real component runtime about bundles whose only component waits for a service nobody has. */
class DistributionPartsTest {
    @RegisterExtension
    final FelixExtension felix = new FelixExtension()
            .exports("org.osgi.util.function", "org.osgi.util.promise", "org.osgi.service.component")
            .componentRuntime();

    private Bundle waiting(String name) throws IOException, BundleException {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", name);
        headers.putValue("Service-Component", "OSGI-INF/part.xml");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            jar.putNextEntry(new JarEntry("OSGI-INF/part.xml"));
            jar.write("""
                <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="part of %s" immediate="true">
                  <implementation class="never.Loaded"/>
                  <reference name="wanted" interface="never.Offered" target="(kind=%s)"/>
                </scr:component>
                """.formatted(name, name).getBytes(StandardCharsets.UTF_8));
        }
        Bundle bundle = felix.context().installBundle("test:" + name, new ByteArrayInputStream(bytes.toByteArray()));
        bundle.start();
        return bundle;
    }

    @Test
    void shouldSayWhatTheComponentsOfAllBundlesOrOfOneWaitFor() throws Exception {
        Bundle one = waiting("one");
        Bundle two = waiting("two");
        DistributionParts parts = new DistributionParts(() -> List.of(one, two), new ComponentCheck(felix.context()));
        String ofOne = "component=part of one waits for never.Offered (kind=one).";
        String ofTwo = "component=part of two waits for never.Offered (kind=two).";

        assertThat(parts.idleComponents()).containsExactlyInAnyOrder(ofOne, ofTwo);
        assertThat(parts.idleComponents(one.getBundleId())).containsExactly(ofOne);
        assertThat(parts.idleComponents(two.getBundleId())).containsExactly(ofTwo);
        assertThat(parts.idleComponents(felix.bundle("org.apache.felix.scr").getBundleId()))
                .isEmpty();
        two.uninstall();
        assertThat(parts.idleComponents(two.getBundleId())).isEmpty();
    }
}
