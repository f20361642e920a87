// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import org.thornback.api.health.Diagnosis;

/** A port a head takes unless it is told another: free, or held by a node of this user's. Stateless. */
final class PortCheck {
    private PortCheck() {}

    /**
     * Looks.
     *
     * @param option that names it, for sentences.
     * @param port   to be looked at.
     * @param ours   ports of nodes that run.
     */
    static Diagnosis look(String option, int port, Set<Integer> ours) {
        String subject = "port " + port;
        if (ours.contains(port)) {
            return Diagnosis.ok(subject, "A Ray node of yours has it.");
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true); // connections that ended a moment ago are no obstacle
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return Diagnosis.ok(subject, "It is free.");
        } catch (IOException taken) {
            return Diagnosis.problem(
                    subject,
                    "Something else listens there, so `ray start --head` will be refused.",
                    "Take another one, `ray start --head --" + option + "=0`, or see who it is:"
                            + " `ss -ltnp 'sport = :" + port + "'`.");
        }
    }
}
