// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.doctor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.thornback.api.cluster.NodeDescription;
import org.thornback.api.health.Diagnosis;
import org.thornback.launcher.internal.home.Home;

/** What is around a node and not the machine's: Java, ports, nodes that run and who can reach their Redis. */
public final class Surroundings {
    private Surroundings() {}

    /**
     * Looks.
     *
     * @param port  a head would take.
     * @param nodes that run now, of this user.
     * @return a diagnosis of each subject.
     */
    public static List<Diagnosis> look(int port, List<NodeDescription> nodes) {
        List<Diagnosis> found = new ArrayList<>();
        Path home = Home.java().getParent().getParent();
        found.add(JavaCheck.look(System.getenv().getOrDefault("PATH", ""), home));
        Set<Integer> ours = nodes.stream()
                .map(node -> Integer.parseInt(
                        node.redisAddress().substring(node.redisAddress().lastIndexOf(':') + 1)))
                .collect(Collectors.toSet());
        if (port != 0) {
            found.add(PortCheck.look("port", port, ours));
        }
        if (nodes.isEmpty()) {
            found.add(Diagnosis.skipped(
                    "redis", "No node of yours runs: who can reach its Redis is seen when one does."));
            found.add(Diagnosis.skipped("node", "No node of yours runs: its components are seen when one does."));
        }
        for (NodeDescription node : nodes) {
            found.add(new RedisCheck().look(node.redisAddress()));
            found.addAll(
                    new NodeCheck().look(node.sessionDirectory().getFileName().toString(), node.commandSocket()));
        }
        return found;
    }
}
