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
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.MetaTypeProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thornback.api.InvalidInputException;
import org.thornback.api.cluster.StartAnswer;
import org.thornback.api.config.Configuration;
import org.thornback.api.config.LaunchOptions;
import org.thornback.api.config.LiveConfiguration;
import org.thornback.api.config.LiveOptions;
import org.thornback.api.config.Option;
import org.thornback.api.config.OptionCatalogue;
import org.thornback.api.config.RefusedConfiguration;
import org.thornback.api.keeper.Keeper;

/**
 * Reads all sources and registers the configuration, or refuses the start with every problem at once. Then live options can be
 * edited.
 */
@Component(
        immediate = true,
        service = {})
public final class ConfigurationComponent {
    private static final Logger LOG = LoggerFactory.getLogger("ray.raylet");
    private static final String ESTATE = "config";
    private static final String LIVE = "live";
    private static final String SOURCES = "sources";

    private final List<ServiceRegistration<?>> registrations = new ArrayList<>();
    private final Optional<Keeper> keeper;
    private LiveEdits edits;
    private LiveAdmin live;

    /**
     * Reads, checks, registers.
     *
     * @param context registers the service.
     * @param launch  the strongest layer.
     * @param answer  hears of problems.
     * @param keeper  has those of a predecessor, if it is there.
     */
    @Activate
    public ConfigurationComponent(
            BundleContext context,
            @Reference LaunchOptions launch,
            @Reference StartAnswer answer,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL) Keeper keeper) {
        this.keeper = Optional.ofNullable(keeper);
        List<String> problems = new ArrayList<>();
        Path home = Path.of(String.valueOf(context.getProperty("thornback.home")));
        checkNames(launch.given(), problems);
        List<Layer> layers = Layers.read(home, System.getenv(), System.getProperties(), launch.given(), problems);
        LayeredConfiguration first = new LayeredConfiguration(layers, problems);
        if (problems.isEmpty()) {
            register(context, layers, new CurrentConfiguration(first));
        } else {
            RefusedConfiguration refused = () -> first;
            registrations.add(context.registerService(RefusedConfiguration.class, refused, null));
            answer.refuse(problems);
        }
    }

    private void register(BundleContext context, List<Layer> layers, CurrentConfiguration current) {
        edits = new LiveEdits(layers, current);
        keeper.flatMap(kept -> kept.take(ESTATE, Map.class)).ifPresent(this::goOn);
        live = new LiveAdmin(edits);
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

    @SuppressWarnings("unchecked") // this component left it
    private void goOn(Map<?, ?> estate) {
        try {
            edits.goOn((Map<String, String>) estate.get(LIVE), (Map<String, String>) estate.get(SOURCES));
        } catch (InvalidInputException outdated) {
            LOG.warn("the live edits do not hold any more: {}", outdated.getMessage());
        }
    }

    /**
     * Config Admin has come, perhaps again.
     *
     * @param admin keeps live edits from now on.
     */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void setAdmin(ConfigurationAdmin admin) {
        if (live != null) {
            live.come(admin);
        }
    }

    /**
     * It has gone: what was edited holds.
     *
     * @param admin that has gone.
     */
    public void unsetAdmin(ConfigurationAdmin admin) {
        if (live != null) {
            live.go(admin);
        }
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

    /** Takes the configuration back; what was edited stays for a successor. */
    @Deactivate
    public void close() {
        registrations.forEach(ServiceRegistration::unregister);
        if (edits != null) {
            keeper.ifPresent(kept -> kept.leave(ESTATE, Map.of(LIVE, edits.live(), SOURCES, edits.sources())));
        }
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
