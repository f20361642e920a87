// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.benchmarks.peers;

import com.hazelcast.cluster.Member;
import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.IExecutorService;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * Tasks for the executor of another Hazelcast member, over loopback. Arguments: {@code serve}, or {@code measure ROUNDS}.
 */
public final class HazelcastProgram {
    private static final int ONE_BY_ONE = 2_000;
    private static final int AT_ONCE = 5_000;
    private static final long LOOK_NANOS = 50_000_000;

    private HazelcastProgram() {}

    /** The least a task can do. */
    static final class One implements Callable<Integer>, Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public Integer call() {
            return 1;
        }
    }

    /**
     * Joins the other member, and serves it or measures it.
     *
     * @param arguments as described.
     * @throws ExecutionException   when a task fails.
     * @throws InterruptedException when interrupted.
     */
    public static void main(String[] arguments) throws ExecutionException, InterruptedException {
        HazelcastInstance hazelcast = Hazelcast.newHazelcastInstance(config());
        if (arguments[0].equals("serve")) {
            System.out.println("ready");
            return;
        }
        while (hazelcast.getCluster().getMembers().size() < 2) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        Member other = hazelcast.getCluster().getMembers().stream()
                .filter(member -> !member.localMember())
                .findFirst()
                .orElseThrow();
        for (int round = 0; round <= Integer.parseInt(arguments[1]); round++) {
            measure(hazelcast.getExecutorService("executor"), other, round);
        }
        System.exit(0);
    }

    private static void measure(IExecutorService executor, Member other, int round)
            throws ExecutionException, InterruptedException {
        long[] nanos = new long[ONE_BY_ONE];
        for (int i = 0; i < nanos.length; i++) {
            long begin = System.nanoTime();
            executor.submitToMember(new One(), other).get();
            nanos[i] = System.nanoTime() - begin;
        }
        Arrays.sort(nanos);
        System.out.printf(Locale.ROOT, "FIGURE task.sync %d %.3f%n", round, nanos[nanos.length / 2] / 1e3);
        long begin = System.nanoTime();
        List<Future<Integer>> all = new ArrayList<>(AT_ONCE);
        for (int i = 0; i < AT_ONCE; i++) {
            all.add(executor.submitToMember(new One(), other));
        }
        for (Future<Integer> each : all) {
            each.get();
        }
        System.out.printf(
                Locale.ROOT, "FIGURE task.async %d %.3f%n", round, AT_ONCE * 1e9 / (System.nanoTime() - begin));
    }

    private static Config config() {
        Config config = new Config();
        config.setProperty("hazelcast.logging.type", "none");
        config.setProperty("hazelcast.phone.home.enabled", "false");
        JoinConfig join = config.getNetworkConfig().getJoin();
        join.getMulticastConfig().setEnabled(false);
        join.getAutoDetectionConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(true).addMember("127.0.0.1");
        config.getNetworkConfig().setPublicAddress("127.0.0.1");
        config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        return config;
    }
}
