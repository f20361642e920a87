// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.raylet;

import java.util.List;
import java.util.Map;

/**
 * What this process says of itself.
 *
 * @param worker               false for a driver.
 * @param clientId             28 bytes.
 * @param owned                the driver started the cluster and it ends with it.
 * @param codeSearchPath       directories and jars of the job's classes.
 * @param jvmOptions           for the job's workers.
 * @param environment          variables for the job's workers.
 * @param namespace            of the job; empty for a random one.
 * @param passwordProof        HMAC-SHA256 of the client id under the password the user gave; empty when none was given.
 * @param defaultActorLifetime {@code NON_DETACHED} or {@code DETACHED}.
 * @param entrypoint           main class, for lists.
 */
public record Introduction(
        boolean worker,
        byte[] clientId,
        boolean owned,
        List<String> codeSearchPath,
        List<String> jvmOptions,
        Map<String, String> environment,
        String namespace,
        byte[] passwordProof,
        String defaultActorLifetime,
        String entrypoint) {}
