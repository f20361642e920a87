// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;

/**
 * A driver's job. Immutable.
 *
 * @param id                   counted from 1.
 * @param driver               its connection.
 * @param codeSearchPath       of its classes.
 * @param jvmOptions           of its workers.
 * @param environment          of its workers.
 * @param namespace            of its actors' names.
 * @param defaultActorLifetime of its actors.
 * @param entrypoint           its main class.
 */
record Job(
        int id,
        Client driver,
        List<String> codeSearchPath,
        List<String> jvmOptions,
        Map<String, String> environment,
        String namespace,
        String defaultActorLifetime,
        String entrypoint) {
    Job {
        requireNonNull(driver, "driver");
        codeSearchPath = List.copyOf(codeSearchPath);
        jvmOptions = List.copyOf(jvmOptions);
        environment = Map.copyOf(environment);
        requireNonNull(namespace, "namespace");
        requireNonNull(defaultActorLifetime, "defaultActorLifetime");
        requireNonNull(entrypoint, "entrypoint");
    }
}
