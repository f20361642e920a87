// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.config.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import org.thornback.api.config.Option;
import org.thornback.api.config.OptionCatalogue;

/** Reads all sources and registers the configuration, or refuses the start with every problem at once. */
@Component(
        immediate = true,
        service = {})
public final class ConfigurationComponent {
    private final Optional<ServiceRegistration<Configuration>> registration;

    /**
     * Reads, checks, registers.
     *
     * @param context registers the service.
     * @param launch  the strongest layer.
     * @param answer  hears of problems.
     */
    @Activate
    public ConfigurationComponent(
            BundleContext context, @Reference LaunchOptions launch, @Reference StartAnswer answer) {
        List<String> problems = new ArrayList<>();
        Path home = Path.of(String.valueOf(context.getProperty("thornback.home")));
        checkNames(launch.given(), problems);
        Configuration configuration = new LayeredConfiguration(
                Layers.read(home, System.getenv(), System.getProperties(), launch.given(), problems), problems);
        if (problems.isEmpty()) {
            registration = Optional.of(context.registerService(Configuration.class, configuration, null));
        } else {
            registration = Optional.empty();
            answer.refuse(problems);
        }
    }

    /** Takes the configuration back. */
    @Deactivate
    public void close() {
        registration.ifPresent(ServiceRegistration::unregister);
    }

    private static void checkNames(Map<String, String> given, List<String> problems) {
        List<String> known = OptionCatalogue.ALL.stream().map(Option::name).toList();
        for (String name : given.keySet()) {
            if (!known.contains(name)) {
                problems.add("option=" + name + " is unknown; did you mean " + NearestName.of(name, known) + "?");
            }
        }
    }
}
