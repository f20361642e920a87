// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.resources.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.thornback.api.resources.NodeResources;
import org.thornback.api.resources.ResourceDetector;

/** Joins what was detected with what was configured, and registers the result, or refuses the start. */
@Component(
        immediate = true,
        service = {})
public final class ResourcesComponent {
    private static final String LOOPBACK = "127.0.0.1";
    private static final String SHARED_MEMORY = "/dev/shm";

    private final Optional<ServiceRegistration<NodeResources>> registration;

    /**
     * Detects, checks, registers.
     *
     * @param context       registers the service.
     * @param configuration overrides what is detected.
     * @param launch        tells whether a driver owns this node, which then stays on loopback.
     * @param detector      looks at the machine.
     * @param answer        hears of problems.
     */
    @Activate
    public ResourcesComponent(
            BundleContext context,
            @Reference Configuration configuration,
            @Reference LaunchOptions launch,
            @Reference ResourceDetector detector,
            @Reference StartAnswer answer) {
        List<String> problems = new ArrayList<>();
        String ip = configuration
                .find(OptionCatalogue.NODE_IP_ADDRESS)
                .orElseGet(() -> launch.owned() ? LOOPBACK : outwardAddress());
        Path directory =
                Path.of(configuration.find(OptionCatalogue.PLASMA_DIRECTORY).orElse(SHARED_MEMORY));
        Optional<NodeResources> resources = freeSpace(directory, problems)
                .map(space ->
                        new ResourceRules(configuration, detector.detect(), space, problems).resolve(directory, ip))
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

    private static Optional<Long> freeSpace(Path directory, List<String> problems) {
        if (!directory.isAbsolute() || !Files.isDirectory(directory)) {
            problems.add("plasma-directory=" + directory
                    + " does not exist or is not a directory; give the absolute path of one on a memory file system,"
                    + " for instance --plasma-directory=/dev/shm.");
            return Optional.empty();
        }
        try {
            FileStore store = Files.getFileStore(directory);
            return Optional.of(store.getUsableSpace());
        } catch (IOException e) {
            problems.add("plasma-directory=" + directory + " cannot be looked at: " + e.getMessage() + ".");
            return Optional.empty();
        }
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
