// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.fake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.thornback.api.cluster.NodeDescription;
import org.thornback.api.cluster.StartAnswer;
import org.thornback.api.config.LaunchOptions;
import org.thornback.api.session.Session;

/** Stands in for every bundle of a node: makes a session, answers as the options ask, and leaves a file when it stops. */
public final class FakeNode implements BundleActivator {
    private Path stopped;

    @Override
    public void start(BundleContext context) throws IOException {
        Map<String, String> given = service(context, LaunchOptions.class).given();
        StartAnswer answer = service(context, StartAnswer.class);
        Path root = Path.of(given.get("temp-dir"));
        Path directory = Files.createDirectories(root.resolve(
                "session_2026-11-24_12-00-00_000001_" + ProcessHandle.current().pid()));
        Path logs = Files.createDirectories(directory.resolve("logs"));
        stopped = root.resolve("stopped-" + ProcessHandle.current().pid());
        context.registerService(Session.class, new FakeSession(directory, logs), null);
        switch (given.getOrDefault("resources", "")) {
            case "refuse" -> answer.refuse(List.of("port=6379 is taken.", "num-cpus=-1 is negative."));
            case "silent" -> {}
            default ->
                answer.ready(new NodeDescription(
                        "ab".repeat(28),
                        "127.0.0.1",
                        "127.0.0.1:" + given.getOrDefault("port", "6379"),
                        directory,
                        directory.resolve("raylet"),
                        directory.resolve("plasma_store"),
                        directory.resolve("command")));
        }
    }

    @Override
    public void stop(BundleContext context) throws IOException {
        Files.writeString(stopped, "in order");
    }

    private static <T> T service(BundleContext context, Class<T> type) {
        return context.getService(context.getServiceReference(type));
    }

    private record FakeSession(Path directory, Path logs) implements Session {
        @Override
        public String name() {
            return directory.getFileName().toString();
        }

        @Override
        public Path sockets() {
            return directory;
        }

        @Override
        public Path socket(String name) {
            return directory.resolve(name);
        }
    }
}
