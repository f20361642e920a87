// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.deploy.internal;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.thornback.api.cluster.ClusterView;
import org.thornback.api.config.Configuration;
import org.thornback.api.config.LiveConfiguration;
import org.thornback.api.config.OptionCatalogue;
import org.thornback.api.deploy.DeployFolder;
import org.thornback.api.deploy.DeployedCode;
import org.thornback.api.deploy.Deployment.Kind;
import org.thornback.api.deploy.FeatureSets;
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
    private final BundleContext context;
    private final Path home;
    private final Path directory;
    private final Path kept;
    private final List<ServiceRegistration<?>> registrations = new ArrayList<>();
    private WatchedFolder folder;
    private boolean ended;

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
    private volatile ServiceComponentRuntime components;

    /**
     * Knows where the folder is.
     *
     * @param context       installs bundles.
     * @param configuration names the folder.
     * @param session       has a place for code of jobs.
     */
    @Activate
    public DeployComponent(BundleContext context, @Reference Configuration configuration, @Reference Session session) {
        this.context = requireNonNull(context, "context");
        home = Path.of(String.valueOf(context.getProperty("thornback.home")));
        directory = configuration
                .find(OptionCatalogue.DEPLOY_DIRECTORY)
                .map(Path::of)
                .orElseGet(() -> home.resolve("deploy"))
                .toAbsolutePath();
        kept = session.directory().resolve("deploy");
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
        Thread.ofPlatform().daemon().name("ray-deploy-start").start(this::begin); // the raylet waits for this to return
    }

    private synchronized void begin() {
        if (folder != null || ended) {
            return;
        }
        FeatureInstaller features = new FeatureInstaller(context, home);
        CodeTarget code = new CodeTarget(kept);
        Map<Kind, Target> targets = Map.of(
                Kind.BUNDLE,
                new BundleTarget(context, new Components(() -> components)),
                Kind.CODE,
                code,
                Kind.CONFIGURATION,
                new ConfigurationTarget(() -> admin, () -> live),
                Kind.FEATURE,
                new FeatureTarget(features));
        folder = new WatchedFolder(directory, new Deployer(targets, new DeployRecords(() -> control)), code);
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
        }
    }
}
