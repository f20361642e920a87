// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.resources.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.thornback.api.cluster.StartAnswer;
import org.thornback.api.config.Configuration;
import org.thornback.api.config.LaunchOptions;
import org.thornback.api.config.OptionCatalogue;
import org.thornback.api.resources.HugePageDetector;
import org.thornback.api.resources.NodeResources;
import org.thornback.api.resources.ResourceDetector;

/** Joins what was detected with what was configured, and registers the result, or refuses the start. */
@Component(
        immediate = true,
        service = {})
public final class ResourcesComponent {
    private static final String LOOPBACK = "127.0.0.1";

    private final Optional<ServiceRegistration<NodeResources>> registration;

    /**
     * Detects, checks, registers.
     *
     * @param context       registers the service.
     * @param configuration overrides what is detected.
     * @param launch        tells whether a driver owns this node, which then stays on loopback.
     * @param detector      looks at the machine.
     * @param hugePages     looks at its huge pages.
     * @param answer        hears of problems.
     */
    @Activate
    public ResourcesComponent(
            BundleContext context,
            @Reference Configuration configuration,
            @Reference LaunchOptions launch,
            @Reference ResourceDetector detector,
            @Reference HugePageDetector hugePages,
            @Reference StartAnswer answer) {
        List<String> problems = new ArrayList<>();
        String ip = configuration
                .find(OptionCatalogue.NODE_IP_ADDRESS)
                .orElseGet(() -> launch.owned() ? LOOPBACK : outwardAddress());
        Optional<NodeResources> resources = StorePlace.find(
                        configuration, hugePages, ResourceRules.STORE_LEAST, problems)
                .map(place -> new ResourceRules(configuration, detector.detect(), place, problems).resolve(ip))
                .filter(resolved -> problems.isEmpty());
        registration = resources.map(offered -> context.registerService(NodeResources.class, offered, null));
        if (resources.isEmpty()) {
            answer.refuse(problems);
        }
    }

    /** Takes the resources back. */
    @Deactivate
    public void close() {
        registration.ifPresent(ServiceRegistration::unregister);
    }

    /** The address packets to elsewhere would leave from; asking the kernel sends none. */
    private static String outwardAddress() {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByAddress(new byte[] {8, 8, 8, 8}), 53));
            String address = socket.getLocalAddress().getHostAddress();
            return "0.0.0.0".equals(address) ? LOOPBACK : address;
        } catch (IOException | UncheckedIOException e) {
            return LOOPBACK; // a machine without a way out is its own cluster
        }
    }
}
