// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thornback.api.cluster.ClusterTables;
import org.thornback.api.cluster.ClusterView;
import org.thornback.api.cluster.NodeDescription;
import org.thornback.api.cluster.NodeStatus;
import org.thornback.api.cluster.StartAnswer;
import org.thornback.api.deploy.DeployedCode;
import org.thornback.api.id.BinaryId;
import org.thornback.api.redis.ControlStore;
import org.thornback.api.resources.NodeResources;
import org.thornback.api.resources.ResourceListener;
import org.thornback.api.scheduling.LeaseScheduler;
import org.thornback.api.security.RedisCredentials;
import org.thornback.api.session.Session;
import org.thornback.api.session.WorkerLogListener;
import org.thornback.api.store.ObjectStore;
import org.thornback.api.transport.FramePollers;
import org.thornback.api.worker.WorkerPool;

/**
 * Joins the node: when everything it stands on is there, it lets clients in, and when a task can run it answers whoever
 * started the node.
 *
 * <p>Other threads' calls are handed to the conductor.
 */
@Component(
        immediate = true,
        service = {})
public final class RayletComponent implements ClusterView, ResourceListener, WorkerLogListener, WorkerPool.Listener {
    private static final Logger LOG = LoggerFactory.getLogger("ray.raylet");
    private static final Logger MONITOR = LoggerFactory.getLogger("ray.monitor");

    private final RayletConductor conductor;
    private final Raylet raylet;
    private final SchedulerSeat scheduler = new SchedulerSeat();
    private final BundleContext context;
    private final StartAnswer answer;
    private final NodeDescription description;
    private final AutoCloseable shortage;
    private final AtomicReference<List<ServiceRegistration<?>>> registrations = new AtomicReference<>(List.of());

    /** Where jars are that jobs name, while somebody knows. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile DeployedCode code;

    /**
     * What a node stands on.
     *
     * @param context     registers the services.
     * @param answer      hears when a task can run.
     * @param session     of the node.
     * @param resources   it offers.
     * @param credentials admit drivers.
     * @param control     holds durable facts.
     * @param store       holds objects.
     * @param pool        starts workers.
     * @param pollers     serve connections.
     */
    @Activate
    public RayletComponent(
            BundleContext context,
            @Reference StartAnswer answer,
            @Reference Session session,
            @Reference NodeResources resources,
            @Reference RedisCredentials credentials,
            @Reference ControlStore control,
            @Reference ObjectStore store,
            @Reference WorkerPool pool,
            @Reference FramePollers pollers) {
        this.context = requireNonNull(context, "context");
        this.answer = requireNonNull(answer, "answer");
        BinaryId nodeId = BinaryId.random();
        description = new NodeDescription(
                nodeId.hex(),
                resources.nodeIp(),
                control.address(),
                session.directory(),
                session.socket("raylet"),
                store.socket(),
                session.socket("command"));
        NodeFacts facts = new NodeFacts(
                nodeId,
                resources.nodeIp(),
                hostName(),
                session.directory().toString(),
                description.rayletSocket().toString(),
                description.storeSocket().toString(),
                resources.cpus());
        raylet = new Raylet(new Raylet.Parts(facts, description, scheduler, pool, store, new DurableRecords(control)));
        scheduler.whenReplaced(raylet.leases()::tell);
        raylet.offers(resources.total());
        conductor = new RayletConductor(pollers.open(), raylet);
        ClusterAdmission admission = new ClusterAdmission(credentials, control, conductor::execute, () -> code);
        shortage = store.listen((StoreShortage) () -> conductor.execute(raylet::shortOfRoom));
        scheduler.whenChanged(() -> conductor.execute(() -> {})); // the next round decides
        raylet.whenFirstWorker(() -> scheduler.whenPresent(this::ready));
        conductor.begin(description.rayletSocket(), link -> new ClientConnection(raylet, admission, link));
        pool.open(description.rayletSocket(), this);
        LOG.info("node {} at {} offers {}", nodeId, resources.nodeIp(), ResourceText.of(resources.total()));
    }

    /**
     * A scheduler has come; it decides from the next round on.
     *
     * @param next scheduler.
     */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void bindScheduler(LeaseScheduler next) {
        conductor.execute(() -> scheduler.come(next));
    }

    /**
     * A scheduler has gone: leases go on, requests wait for the next one.
     *
     * @param gone scheduler.
     */
    public void unbindScheduler(LeaseScheduler gone) {
        conductor.execute(() -> scheduler.go(gone));
    }

    /** Lets nobody in any more. */
    @Deactivate
    public void close() {
        registrations.getAndSet(List.of()).forEach(ServiceRegistration::unregister);
        try {
            shortage.close();
        } catch (Exception e) {
            LOG.warn("the store does not let go of its listener", e);
        }
        conductor.close();
        LOG.info("the raylet has ended");
    }

    @Override
    public CompletionStage<NodeStatus> status() {
        CompletableFuture<NodeStatus> status = new CompletableFuture<>();
        conductor.execute(() -> status.complete(raylet.status()));
        return status;
    }

    @Override
    public void offered(NodeResources now) {
        conductor.execute(() -> raylet.offers(now.total()));
    }

    @Override
    public void printed(String workerId, boolean errorStream, String lines) {
        conductor.execute(() -> raylet.printed(BinaryId.ofHex(workerId), errorStream, lines));
    }

    @Override
    public void available(long demandId, BinaryId worker) {
        conductor.execute(() -> raylet.leases().available(demandId, worker));
    }

    @Override
    public void ended(BinaryId worker, long pid, int status) {
        conductor.execute(() -> raylet.workerEnded(worker, pid, status));
    }

    @Override
    public void failed(long demandId, String reason) {
        conductor.execute(() -> raylet.workerFailed(demandId, reason));
    }

    private void ready() {
        registrations.set(List.of(
                context.registerService(ClusterView.class, this, null),
                context.registerService(
                        ClusterTables.class, new ConductorTables(conductor::execute, raylet.tables()), null),
                context.registerService(ResourceListener.class, this, null),
                context.registerService(WorkerLogListener.class, this, null)));
        LOG.info("a task can run");
        MONITOR.info("node {} at {} joined; it is the only one", description.nodeId(), description.nodeIp());
        answer.ready(description);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost"; // a machine that does not know its own name
        }
    }
}
