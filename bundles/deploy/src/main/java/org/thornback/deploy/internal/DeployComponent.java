// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.deploy.internal;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.thornback.api.cluster.ClusterView;
import org.thornback.api.config.Configuration;
import org.thornback.api.config.LiveConfiguration;
import org.thornback.api.config.OptionCatalogue;
import org.thornback.api.deploy.DeployFolder;
import org.thornback.api.deploy.DeployedCode;
import org.thornback.api.deploy.Deployment.Kind;
import org.thornback.api.deploy.FeatureSets;
import org.thornback.api.health.NodeParts;
import org.thornback.api.keeper.Keeper;
import org.thornback.api.redis.ControlStore;
import org.thornback.api.session.Session;

/**
 * Begins to look at the deploy folder once a task can run: a start waits for nothing of it. What was deployed stays when this
 * bundle stops, and is found again when it starts.
 */
@Component(
        immediate = true,
        service = {})
public final class DeployComponent {
    private static final String ESTATE = "deploy";

    private final List<ServiceRegistration<?>> registrations = new ArrayList<>();
    private final AtomicBoolean begun = new AtomicBoolean();
    private volatile BundleContext context;
    private volatile Path home;
    private volatile boolean ready;
    private WatchedFolder folder;
    private Deployer deployer;
    private boolean ended;

    /** Names the folder: asked once. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Configuration configuration;

    /** Has a place for code of jobs: asked once. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Session session;

    /** Takes configurations, while it is there. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ConfigurationAdmin admin;

    /** Takes edits of live options, while it is there. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile LiveConfiguration live;

    /** Keeps what is deployed, while it is there. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ControlStore control;

    /** Knows what components wait for, while it is there. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile NodeParts parts;

    /** Has what a predecessor deployed, if it is there. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Keeper keeper;

    /** Knows nothing yet. */
    public DeployComponent() {}

    /**
     * Begins when a task can run, which may be now.
     *
     * @param bundle installs bundles.
     */
    @Activate
    public void activate(BundleContext bundle) {
        home = Path.of(String.valueOf(bundle.getProperty("thornback.home")));
        context = requireNonNull(bundle, "bundle");
        beginWhenReady();
    }

    /**
     * A task can run now.
     *
     * @param view is there from then on.
     */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void setReady(ClusterView view) {
        ready = true;
        beginWhenReady();
    }

    private void beginWhenReady() {
        if (ready && context != null && begun.compareAndSet(false, true)) {
            // the raylet waits for this to return
            Thread.ofPlatform().daemon().name("ray-deploy-start").start(this::begin);
        }
    }

    private void begin() {
        Configuration names = configuration;
        Session keeps = session;
        if (names == null || keeps == null) {
            begun.set(false); // until the raylet is there again, which needs them as well
            return;
        }
        Path directory = names.find(OptionCatalogue.DEPLOY_DIRECTORY)
                .map(Path::of)
                .orElseGet(() -> home.resolve("deploy"))
                .toAbsolutePath();
        begin(directory, keeps.directory().resolve("deploy"));
    }

    private synchronized void begin(Path directory, Path kept) {
        if (ended) {
            return;
        }
        FeatureInstaller features = new FeatureInstaller(context, home);
        CodeTarget code = new CodeTarget(kept);
        Map<Kind, Target> targets = Map.of(
                Kind.BUNDLE,
                new BundleTarget(context, () -> parts),
                Kind.CODE,
                code,
                Kind.CONFIGURATION,
                new ConfigurationTarget(() -> admin, () -> live),
                Kind.FEATURE,
                new FeatureTarget(features));
        deployer = new Deployer(targets, new DeployRecords(() -> control));
        Optional.ofNullable(keeper)
                .flatMap(left -> left.take(ESTATE, Map.class))
                .ifPresent(this::goOn);
        folder = new WatchedFolder(directory, deployer, code);
        registrations.add(context.registerService(
                new String[] {DeployFolder.class.getName(), DeployedCode.class.getName()}, folder, null));
        registrations.add(context.registerService(FeatureSets.class, features, null));
        folder.begin();
    }

    /**
     * The raylet has gone: what is deployed stays.
     *
     * @param view that has gone.
     */
    public void unsetReady(ClusterView view) {
        // nothing changes until the node ends
    }

    /** Looks at the folder no more. */
    @Deactivate
    public synchronized void close() {
        ended = true;
        registrations.forEach(ServiceRegistration::unregister);
        if (folder != null) {
            folder.close();
            Keeper kept = keeper;
            if (kept != null) {
                kept.leave(ESTATE, deployer.estate());
            }
        }
    }

    @SuppressWarnings("unchecked") // this component left it
    private void goOn(Map<?, ?> estate) {
        deployer.goOn((Map<String, List<String>>) estate);
    }
}
