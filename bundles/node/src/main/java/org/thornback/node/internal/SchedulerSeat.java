// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.thornback.api.id.BinaryId;
import org.thornback.api.scheduling.LeaseRequest;
import org.thornback.api.scheduling.LeaseScheduler;
import org.thornback.api.scheduling.Shortage;

/**
 * The scheduler of the moment. It may be replaced while leases live: whoever comes is told what the node has, which leases there
 * are and who waits. Owned by the conductor.
 */
final class SchedulerSeat implements LeaseScheduler {
    private LeaseScheduler current = new AbsentScheduler(Map.of(), Map.of(), List.of());
    private BinaryId node;
    private Map<String, Long> total = Map.of();
    private Consumer<LeaseScheduler> teller = next -> {};
    private Runnable onPresent = () -> {};
    private Runnable onChange = () -> {};

    /** Tells a scheduler that comes of the leases and requests there are. */
    void whenReplaced(Consumer<LeaseScheduler> action) {
        teller = requireNonNull(action, "action");
    }

    /** Runs once, as soon as there is a scheduler. */
    void whenPresent(Runnable action) {
        onPresent = requireNonNull(action, "action");
        if (!(current instanceof AbsentScheduler)) {
            present();
        }
    }

    /** A scheduler has come. */
    void come(LeaseScheduler next) {
        next.whenChanged(onChange);
        if (node != null) {
            next.total(node, total);
        }
        teller.accept(next);
        current = next;
        present();
    }

    /** A scheduler has gone. */
    void go(LeaseScheduler gone) {
        if (current == gone) {
            current = AbsentScheduler.after(gone);
        }
    }

    private void present() {
        Runnable action = onPresent;
        onPresent = () -> {};
        action.run();
    }

    @Override
    public void total(BinaryId ownNode, Map<String, Long> newTotal) {
        node = ownNode;
        total = Map.copyOf(newTotal);
        current.total(node, total);
    }

    @Override
    public void request(LeaseRequest request) {
        current.request(request);
    }

    @Override
    public void cancel(long requestId) {
        current.cancel(requestId);
    }

    @Override
    public void adopt(LeaseRequest request) {
        current.adopt(request);
    }

    @Override
    public void release(long requestId) {
        current.release(requestId);
    }

    @Override
    public void blocked(long requestId, boolean blocked) {
        current.blocked(requestId, blocked);
    }

    @Override
    public void insist(long requestId) {
        current.insist(requestId);
    }

    @Override
    public List<LeaseRequest> grant() {
        return current.grant();
    }

    @Override
    public List<LeaseRequest> newlyInfeasible() {
        return current.newlyInfeasible();
    }

    @Override
    public Map<String, Long> total() {
        return current.total();
    }

    @Override
    public Map<String, Long> available() {
        return current.available();
    }

    @Override
    public List<LeaseRequest> waiting() {
        return current.waiting();
    }

    @Override
    public Map<Long, Shortage> shortages() {
        return current.shortages();
    }

    @Override
    public void whenChanged(Runnable action) {
        onChange = requireNonNull(action, "action");
        current.whenChanged(onChange);
    }
}
