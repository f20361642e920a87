// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.pax;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.frameworkStartLevel;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.options;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.thornback.api.id.BinaryId;
import org.thornback.api.scheduling.SchedulingPolicy;
import org.thornback.api.transport.FramePollers;

/** Installs all shipped bundles, without the launcher, and looks at them from inside the framework. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class ShippedBundlesIT {
    @Inject
    private BundleContext context;

    @Inject
    private ServiceComponentRuntime components;

    @Inject
    private SchedulingPolicy policy;

    @Inject
    private FramePollers pollers;

    @Configuration
    public Option[] configuration() throws IOException {
        return options(new ShippedBundles().options(), frameworkStartLevel(99), junitBundles());
    }

    @Test
    public void shouldStartEveryBundle() {
        List<String> idle = Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null)
                .filter(bundle -> bundle.getState() != Bundle.ACTIVE)
                .map(Bundle::getSymbolicName)
                .toList();

        assertEquals(List.of(), idle);
    }

    @Test
    public void shouldActivateEveryComponentThatHasWhatItNeeds() {
        var failed = new ArrayList<String>();
        for (ComponentDescriptionDTO component : components.getComponentDescriptionDTOs()) {
            for (ComponentConfigurationDTO configuration : components.getComponentConfigurationDTOs(component)) {
                if (configuration.state == ComponentConfigurationDTO.FAILED_ACTIVATION) {
                    failed.add(component.implementationClass + ": " + configuration.failure);
                }
            }
        }

        assertEquals(List.of(), failed);
        assertTrue(components.getComponentDescriptionDTOs().size() > 3);
    }

    @Test
    public void shouldServeASchedulingPolicyThatChooses() {
        BinaryId node = BinaryId.of(new byte[28]);
        policy.changed(node, Map.of("CPU", 20_000L), Map.of("CPU", 10_000L));

        assertEquals(Optional.of(node), policy.choose(Map.of("CPU", 10_000L), node));
        assertEquals(Optional.empty(), policy.choose(Map.of("CPU", 30_000L), node));
    }

    @Test
    public void shouldServeFromTheBundleAndNotFromTheClassPath() {
        assertEquals(
                "org.thornback.transport",
                context.getServiceReference(FramePollers.class).getBundle().getSymbolicName());
        assertTrue(pollers.getClass().getName().startsWith("org.thornback.transport.internal."));
    }
}
