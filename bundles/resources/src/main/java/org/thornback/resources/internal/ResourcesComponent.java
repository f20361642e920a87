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
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.thornback.api.cluster.StartAnswer;
import org.thornback.api.config.Configuration;
import org.thornback.api.config.LaunchOptions;
import org.thornback.api.config.LiveOptions;
import org.thornback.api.config.OptionCatalogue;
import org.thornback.api.resources.HugePageDetector;
import org.thornback.api.resources.Machine;
import org.thornback.api.resources.NodeResources;
import org.thornback.api.resources.ResourceDetector;
import org.thornback.api.resources.ResourceListener;

/** Joins what was detected with what was configured, and registers the result, or refuses the start. */
@Component(
        immediate = true,
        service = {})
public final class ResourcesComponent {
    private static final String LOOPBACK = "127.0.0.1";

    private final List<ServiceRegistration<?>> registrations = new ArrayList<>();
    private ResourceOptions options;

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
        Machine machine = detector.detect();
        StorePlace place = StorePlace.find(configuration, hugePages, ResourceRules.STORE_LEAST, problems)
                .orElse(null);
        NodeResources offered =
                place == null ? null : new ResourceRules(configuration, machine, place, problems).resolve(ip);
        if (problems.isEmpty()) {
            options = new ResourceOptions(machine, place, offered);
            registrations.add(context.registerService(NodeResources.class, offered, null));
            registrations.add(context.registerService(LiveOptions.class, options, null));
        } else {
            answer.refuse(problems);
        }
    }

    /**
     * A part has come that works with what the node offers.
     *
     * @param listener hears of edits.
     */
    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void addListener(ResourceListener listener) {
        if (options != null) {
            options.add(listener);
        }
    }

    /**
     * A part has gone.
     *
     * @param listener hears of no more edits.
     */
    public void removeListener(ResourceListener listener) {
        if (options != null) {
            options.remove(listener);
        }
    }

    /** Takes the resources back. */
    @Deactivate
    public void close() {
        registrations.forEach(ServiceRegistration::unregister);
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
