// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.config.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ManagedService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.MetaTypeProvider;
import org.thornback.api.cluster.StartAnswer;
import org.thornback.api.config.Configuration;
import org.thornback.api.config.LaunchOptions;
import org.thornback.api.config.LiveConfiguration;
import org.thornback.api.config.LiveOptions;
import org.thornback.api.config.Option;
import org.thornback.api.config.OptionCatalogue;

/**
 * Reads all sources and registers the configuration, or refuses the start with every problem at once. Then live options can be
 * edited.
 */
@Component(
        immediate = true,
        service = {})
public final class ConfigurationComponent {
    private final List<ServiceRegistration<?>> registrations = new ArrayList<>();
    private LiveEdits edits;

    /**
     * Reads, checks, registers.
     *
     * @param context registers the service.
     * @param launch  the strongest layer.
     * @param answer  hears of problems.
     * @param admin   keeps live edits, if it is there.
     */
    @Activate
    public ConfigurationComponent(
            BundleContext context,
            @Reference LaunchOptions launch,
            @Reference StartAnswer answer,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL) ConfigurationAdmin admin) {
        List<String> problems = new ArrayList<>();
        Path home = Path.of(String.valueOf(context.getProperty("thornback.home")));
        checkNames(launch.given(), problems);
        List<Layer> layers = Layers.read(home, System.getenv(), System.getProperties(), launch.given(), problems);
        LayeredConfiguration first = new LayeredConfiguration(layers, problems);
        if (problems.isEmpty()) {
            register(context, layers, new CurrentConfiguration(first), Optional.ofNullable(admin));
        } else {
            answer.refuse(problems);
        }
    }

    private void register(
            BundleContext context,
            List<Layer> layers,
            CurrentConfiguration current,
            Optional<ConfigurationAdmin> admin) {
        edits = new LiveEdits(layers, current);
        LiveAdmin live = new LiveAdmin(edits, admin);
        registrations.add(context.registerService(Configuration.class, current, null));
        registrations.add(context.registerService(
                new String[] {LiveConfiguration.class.getName(), ManagedService.class.getName()},
                live,
                FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_PID, LiveConfiguration.PID))));
        registrations.add(context.registerService(
                MetaTypeProvider.class,
                new OptionsMetaType(),
                FrameworkUtil.asDictionary(Map.of(MetaTypeProvider.METATYPE_PID, LiveConfiguration.PID))));
    }

    /**
     * A part has come that takes on live options.
     *
     * @param part hears of edits from now on.
     */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public void addPart(LiveOptions part) {
        if (edits != null) {
            edits.add(part);
        }
    }

    /**
     * A part has gone.
     *
     * @param part hears of no more edits.
     */
    public void removePart(LiveOptions part) {
        if (edits != null) {
            edits.remove(part);
        }
    }

    /** Takes the configuration back. */
    @Deactivate
    public void close() {
        registrations.forEach(ServiceRegistration::unregister);
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
