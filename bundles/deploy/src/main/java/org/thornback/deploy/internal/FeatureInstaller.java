// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.deploy.internal;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thornback.api.InvalidInputException;
import org.thornback.api.deploy.FeatureSets;

/**
 * Installs and removes features. A feature is installed when all its bundles are: the framework is the only place that says so.
 * Guarded by its lock.
 */
final class FeatureInstaller implements FeatureSets {
    private static final Logger LOG = LoggerFactory.getLogger("ray.raylet");

    private final BundleContext context;
    private final Path home;
    private final Map<String, Feature> deployed = new HashMap<>();

    FeatureInstaller(BundleContext context, Path home) {
        this.context = requireNonNull(context, "context");
        this.home = requireNonNull(home, "home");
    }

    /** Goes on with a feature that is not of the distribution, and which a predecessor has installed. */
    synchronized void goOn(Feature feature) {
        deployed.put(feature.name(), feature);
    }

    /**
     * Installs a feature that is not of the distribution, in place of one of that name: bundles that it has no more go.
     *
     * @throws InvalidInputException when it cannot be, or something else uses what it has no more; nothing has changed then.
     */
    synchronized void deploy(Feature next) {
        String name = next.name();
        if (!deployed.containsKey(name) && FeatureFiles.read(home).has(name)) {
            throw new InvalidInputException(
                    "feature=" + name + " is one of the distribution: give the file another name.");
        }
        Feature before = deployed.get(name);
        List<Bundle> leftOut = before == null ? List.of() : going(before);
        deployed.put(name, next);
        try {
            List<Bundle> going = leftOut.stream()
                    .filter(bundle -> next.bundles().stream()
                            .noneMatch(entry ->
                                    bundle(entry).filter(bundle::equals).isPresent()))
                    .toList();
            refuseWhatOthersUse(name, going);
            install(name);
            takeBack(going);
        } catch (RuntimeException | LinkageError refused) {
            deployed.remove(name);
            if (before != null) {
                deployed.put(name, before);
            }
            throw refused;
        }
    }

    /**
     * Removes what is there of a feature that is not of the distribution, be it all of it or not.
     *
     * @throws InvalidInputException when something else needs it; nothing has changed then.
     */
    synchronized void withdraw(String name) {
        Feature leaving = deployed.get(name);
        if (leaving != null) {
            remove(leaving);
            deployed.remove(name);
        }
    }

    Path home() {
        return home;
    }

    @Override
    public synchronized List<Entry> list() {
        FeatureFiles files = FeatureFiles.read(home);
        Stream<Entry> whole = with(files.whole()).values().stream()
                .map(feature -> new Entry(feature.name(), isInstalled(feature), feature.about()));
        Stream<Entry> broken =
                files.broken().entrySet().stream().map(file -> new Entry(file.getKey(), false, file.getValue()));
        return Stream.concat(whole, broken)
                .sorted(Comparator.comparing(Entry::name))
                .toList();
    }

    @Override
    public synchronized List<String> install(String name) {
        Map<String, Feature> all = all();
        Map<String, Feature> wanted = new LinkedHashMap<>();
        collect(find(all, name), all, wanted);
        List<Feature.Entry> missing = wanted.values().stream()
                .flatMap(feature -> feature.bundles().stream())
                .filter(entry -> bundle(entry).isEmpty())
                .distinct()
                .sorted(Comparator.comparingInt(Feature.Entry::level))
                .toList();
        List<Bundle> installed = new ArrayList<>();
        try {
            for (Feature.Entry entry : missing) {
                installed.add(context.installBundle(entry.jar().toUri().toString()));
            }
            resolve(name, installed);
            for (Bundle bundle : installed) {
                start(bundle);
            }
        } catch (BundleException | RuntimeException | LinkageError refused) {
            takeBack(installed);
            throw refused instanceof InvalidInputException known
                    ? known
                    : new InvalidInputException(
                            "feature=" + name + " cannot be installed: " + BundleTarget.reason(refused));
        }
        LOG.info("feature {} is installed: {}", name, names(installed));
        return names(installed);
    }

    /** Resolving touches nothing that runs: nobody is wired anew to what has just come. */
    private void resolve(String name, List<Bundle> installed) {
        if (wiring().resolveBundles(installed)) {
            return;
        }
        for (Bundle bundle : installed) {
            if (bundle.getState() == Bundle.INSTALLED) {
                throw new InvalidInputException("feature=" + name + " cannot be installed: bundle="
                        + bundle.getSymbolicName() + " does not resolve: " + why(bundle));
            }
        }
    }

    /** The framework says why a bundle does not resolve to whoever starts it. */
    private static String why(Bundle bundle) {
        try {
            bundle.start(Bundle.START_TRANSIENT);
            return "it did at the second attempt; try again.";
        } catch (BundleException unresolved) {
            return BundleTarget.reason(unresolved);
        }
    }

    private static void start(Bundle bundle) throws BundleException {
        if (bundle.getHeaders("").get(Constants.FRAGMENT_HOST) == null) {
            bundle.start();
        }
    }

    @Override
    public synchronized List<String> uninstall(String name) {
        Map<String, Feature> all = all();
        Feature leaving = find(all, name);
        if (leaving.bundles().isEmpty() || !isInstalled(leaving)) {
            throw new InvalidInputException(
                    "feature=" + name + " is not installed; `ray feature list` shows which are.");
        }
        return remove(leaving);
    }

    private List<String> remove(Feature leaving) {
        String name = leaving.name();
        installedBeside(leaving).stream()
                .filter(other -> other.needs().contains(name))
                .findFirst()
                .ifPresent(other -> {
                    throw new InvalidInputException(
                            "feature=" + name + " is needed by feature=" + other.name() + ": uninstall that first.");
                });
        List<Bundle> going = going(leaving);
        refuseWhatOthersUse(name, going);
        takeBack(going);
        LOG.info("feature {} is uninstalled: {}", name, names(going));
        return names(going);
    }

    private List<Feature> installedBeside(Feature feature) {
        return all().values().stream()
                .filter(other -> !other.name().equals(feature.name())
                        && isInstalled(other)
                        && !other.bundles().isEmpty())
                .toList();
    }

    /** Its bundles that no other installed feature has, last started first. */
    private List<Bundle> going(Feature leaving) {
        List<Feature> others = installedBeside(leaving);
        return leaving.bundles().stream()
                .filter(entry ->
                        others.stream().noneMatch(other -> other.bundles().contains(entry)))
                .sorted(Comparator.comparingInt(Feature.Entry::level))
                .flatMap(entry -> bundle(entry).stream())
                .toList()
                .reversed();
    }

    private void refuseWhatOthersUse(String name, List<Bundle> going) {
        if (going.contains(context.getBundle())) {
            throw new InvalidInputException(
                    "feature=" + name + " cannot be uninstalled: it is what uninstalls features.");
        }
        for (Bundle user : wiring().getDependencyClosure(going)) {
            if (!going.contains(user)) {
                throw new InvalidInputException("feature=" + name + " cannot be uninstalled: bundle="
                        + user.getSymbolicName() + " uses it; remove that first.");
            }
        }
    }

    private void takeBack(List<Bundle> bundles) {
        for (Bundle bundle : bundles) {
            try {
                bundle.uninstall();
            } catch (BundleException | IllegalStateException e) {
                LOG.warn("bundle {} did not go cleanly", bundle, e);
            }
        }
        wiring().refreshBundles(bundles);
    }

    private FrameworkWiring wiring() {
        return context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
    }

    private boolean isInstalled(Feature feature) {
        return feature.bundles().stream().allMatch(entry -> bundle(entry).isPresent());
    }

    /** The bundle that came from a jar, or one of the same name and version that came from elsewhere. */
    private Optional<Bundle> bundle(Feature.Entry entry) {
        Bundle known = context.getBundle(entry.jar().toUri().toString());
        if (known != null) {
            return Optional.of(known);
        }
        if (!Files.isRegularFile(entry.jar())) {
            return Optional.empty();
        }
        try (JarFile jar = new JarFile(entry.jar().toFile())) {
            String name = jar.getManifest() == null
                    ? null
                    : jar.getManifest().getMainAttributes().getValue(Constants.BUNDLE_SYMBOLICNAME);
            String symbolic = name == null ? "" : name.split(";", 2)[0].strip();
            for (Bundle bundle : context.getBundles()) {
                if (symbolic.equals(bundle.getSymbolicName())) {
                    return Optional.of(bundle);
                }
            }
        } catch (IOException unreadable) {
            LOG.debug("jar {} cannot be read: {}", entry.jar(), unreadable.toString());
        }
        return Optional.empty();
    }

    private void collect(Feature feature, Map<String, Feature> all, Map<String, Feature> wanted) {
        if (wanted.containsKey(feature.name())) {
            return;
        }
        wanted.put(feature.name(), feature);
        for (String needed : feature.needs()) {
            collect(find(all, needed), all, wanted);
        }
    }

    private Feature find(Map<String, Feature> all, String name) {
        Feature found = all.get(name);
        if (found == null) {
            String reason = FeatureFiles.read(home).broken().get(name);
            throw new InvalidInputException(
                    reason == null
                            ? "feature=" + name + " is unknown; there are " + String.join(", ", all.keySet()) + "."
                            : reason);
        }
        return found;
    }

    private Map<String, Feature> all() {
        return with(FeatureFiles.read(home).whole());
    }

    private Map<String, Feature> with(Map<String, Feature> ofFiles) {
        Map<String, Feature> all = new TreeMap<>(ofFiles);
        all.putAll(deployed);
        return all;
    }

    private static List<String> names(List<Bundle> bundles) {
        return bundles.stream().map(Bundle::getSymbolicName).toList();
    }
}
