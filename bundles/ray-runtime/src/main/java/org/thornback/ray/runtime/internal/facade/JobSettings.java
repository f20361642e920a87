// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.facade;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.thornback.api.deploy.DeployedCode;

/**
 * What a driver's system properties say of its job, read anew at every init.
 *
 * @param codeSearchPath       absolute paths; by default the driver's own class path.
 * @param jvmOptions           of the job's workers.
 * @param environment          of the job's workers.
 * @param namespace            of actors' names; empty for a random one.
 * @param defaultActorLifetime {@code NON_DETACHED} or {@code DETACHED}.
 * @param entrypoint           the driver's main class.
 */
record JobSettings(
        List<String> codeSearchPath,
        List<String> jvmOptions,
        Map<String, String> environment,
        String namespace,
        String defaultActorLifetime,
        String entrypoint) {
    private static final String ENVIRONMENT = "ray.job.runtime-env.env-vars.";

    static JobSettings of(Properties properties) {
        String path = properties.getProperty("ray.job.code-search-path", "");
        return new JobSettings(
                absolute(path.isBlank() ? properties.getProperty("java.class.path", "") : path),
                list(properties, "ray.job.jvm-options."),
                environment(properties),
                properties.getProperty("ray.job.namespace", ""),
                properties.getProperty("ray.job.default-actor-lifetime", "NON_DETACHED"),
                properties.getProperty("sun.java.command", "").split(" ", 2)[0]);
    }

    /** Entries of a path; {@code deploy:NAME} is one, although a colon separates others, and stays as it is. */
    private static List<String> absolute(String path) {
        List<String> entries = new ArrayList<>();
        Iterator<String> parts = List.of(path.split(File.pathSeparator)).iterator();
        while (parts.hasNext()) {
            String part = parts.next();
            if (DeployedCode.PREFIX.equals(part + File.pathSeparator) && parts.hasNext()) {
                entries.add(DeployedCode.PREFIX + parts.next());
            } else if (!part.isBlank()) {
                entries.add(Path.of(part).toAbsolutePath().normalize().toString());
            }
        }
        return entries;
    }

    /** HOCON lists arrive as {@code key.0}, {@code key.1}, … */
    private static List<String> list(Properties properties, String prefix) {
        List<String> values = new ArrayList<>();
        String value;
        while ((value = properties.getProperty(prefix + values.size())) != null) {
            values.add(value);
        }
        return values;
    }

    private static Map<String, String> environment(Properties properties) {
        Map<String, String> variables = new TreeMap<>();
        for (String name : properties.stringPropertyNames()) {
            if (name.startsWith(ENVIRONMENT)) {
                variables.put(name.substring(ENVIRONMENT.length()), properties.getProperty(name));
            }
        }
        return variables;
    }
}
