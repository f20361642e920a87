// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.thornback.api.id.BinaryId;
import org.thornback.layout.message.Bool;
import org.thornback.layout.message.ClientKind;
import org.thornback.layout.message.HelloDecoder;

/**
 * What a client says of itself in its first message. Immutable.
 *
 * @param version              of its protocol.
 * @param id                   28 bytes.
 * @param pid                  of its process.
 * @param worker               or driver.
 * @param passwordGiven        whether the proof is to be checked.
 * @param passwordProof        of the Redis password.
 * @param codeSearchPath       of its job.
 * @param jvmOptions           of its job's workers.
 * @param environment          of its job's workers.
 * @param namespace            of its actors' names; empty for one of its own.
 * @param defaultActorLifetime of its actors.
 * @param entrypoint           its main class.
 */
record JoinRequest(
        int version,
        BinaryId id,
        int pid,
        boolean worker,
        boolean passwordGiven,
        byte[] passwordProof,
        List<String> codeSearchPath,
        List<String> jvmOptions,
        Map<String, String> environment,
        String namespace,
        String defaultActorLifetime,
        String entrypoint) {

    /** Reads the groups and texts in the order in which they lie. */
    static JoinRequest read(HelloDecoder message) {
        byte[] id = new byte[BinaryId.UNIQUE_LENGTH];
        message.getClientId(id, 0);
        List<String> paths = new ArrayList<>();
        for (HelloDecoder.CodeSearchPathDecoder path : message.codeSearchPath()) {
            paths.add(path.entry());
        }
        List<String> options = new ArrayList<>();
        for (HelloDecoder.JvmOptionsDecoder option : message.jvmOptions()) {
            options.add(option.option());
        }
        Map<String, String> environment = new HashMap<>();
        for (HelloDecoder.EnvironmentDecoder variable : message.environment()) {
            String name = variable.name();
            environment.put(name, variable.value());
        }
        String namespace = message.namespace();
        byte[] proof = new byte[message.passwordProofLength()];
        message.getPasswordProof(proof, 0, proof.length);
        String lifetime = message.defaultActorLifetime();
        String entrypoint = message.entrypoint();
        return new JoinRequest(
                message.protocolVersion(),
                BinaryId.of(id),
                message.pid(),
                message.kind() == ClientKind.WORKER,
                message.passwordGiven() == Bool.YES,
                proof,
                paths,
                options,
                environment,
                namespace,
                lifetime,
                entrypoint);
    }

    Client client(ClientMessages messages) {
        return new Client(id, pid, worker, messages);
    }

    /** The job of a driver, with the code search path that is meant. */
    Job job(int number, Client driver, List<String> code) {
        String space = namespace.isEmpty() ? UUID.randomUUID().toString() : namespace;
        return new Job(number, driver, code, jvmOptions, environment, space, defaultActorLifetime, entrypoint);
    }
}
