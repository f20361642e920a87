// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.record;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thornback.api.cluster.NodeDescription;

/**
 * What a running node leaves in its session directory for commands and drivers: {@code node-<pid>.properties}.
 *
 * <p>The format is that of {@code java.util.Properties} in UTF-8, so that a driver reads it with the JDK alone. It is written
 * when a task can run and removed when the node ends orderly; after a crash it stays, and {@link ProcessId#alive} tells.
 *
 * @param process the node JVM.
 * @param owned   the node belongs to a driver and ends with it.
 * @param node    how to reach it.
 */
public record NodeRecord(ProcessId process, boolean owned, NodeDescription node) {
    private static final Logger LOG = LoggerFactory.getLogger("ray.launcher");
    private static final String FORMAT = "1";

    /** Checks that nothing is missing. */
    public NodeRecord {
        requireNonNull(process, "process");
        requireNonNull(node, "node");
    }

    /**
     * Place of the record of a node.
     *
     * @param sessionDirectory its session.
     * @param pid              its process.
     * @return the file.
     */
    public static Path file(Path sessionDirectory, long pid) {
        return sessionDirectory.resolve("node-" + pid + ".properties");
    }

    /**
     * Reads the record of a process, if it has one and it speaks of this very process.
     *
     * @param sessionDirectory its session.
     * @param process          the process.
     * @return the record; empty when the node is not ready yet.
     */
    public static Optional<NodeRecord> read(Path sessionDirectory, ProcessId process) {
        Path file = file(sessionDirectory, process.pid());
        try {
            return Optional.of(parse(Files.readString(file))).filter(record -> record.process.equals(process));
        } catch (IOException missing) {
            return Optional.empty();
        } catch (IllegalArgumentException malformed) {
            LOG.warn("record {} cannot be understood: {}", file, malformed.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Understands a record.
     *
     * @param text content of a record file.
     * @return the record.
     * @throws IllegalArgumentException when something is missing or of another format.
     */
    public static NodeRecord parse(String text) {
        Properties values = new Properties();
        try {
            values.load(new StringReader(text));
        } catch (IOException impossible) {
            throw new IllegalArgumentException(impossible);
        }
        if (!FORMAT.equals(values.getProperty("format"))) {
            throw new IllegalArgumentException(
                    "format=" + values.getProperty("format") + ", expected " + FORMAT + ": another version wrote it");
        }
        return new NodeRecord(
                new ProcessId(Long.parseLong(value(values, "pid")), Long.parseLong(value(values, "startTicks"))),
                Boolean.parseBoolean(value(values, "owned")),
                new NodeDescription(
                        value(values, "nodeId"),
                        value(values, "nodeIp"),
                        value(values, "redisAddress"),
                        Path.of(value(values, "sessionDirectory")),
                        Path.of(value(values, "rayletSocket")),
                        Path.of(value(values, "storeSocket")),
                        Path.of(value(values, "commandSocket"))));
    }

    private static String value(Properties values, String key) {
        String value = values.getProperty(key);
        if (value == null) {
            throw new IllegalArgumentException("key=" + key + " is missing");
        }
        return value;
    }

    /**
     * The record as a file has it.
     *
     * @return lines of {@code key=value}.
     */
    public String text() {
        Map<String, String> values = new TreeMap<>();
        values.put("format", FORMAT);
        values.put("pid", Long.toString(process.pid()));
        values.put("startTicks", Long.toString(process.startTicks()));
        values.put("owned", Boolean.toString(owned));
        values.put("nodeId", node.nodeId());
        values.put("nodeIp", node.nodeIp());
        values.put("redisAddress", node.redisAddress());
        values.put("sessionDirectory", node.sessionDirectory().toString());
        values.put("rayletSocket", node.rayletSocket().toString());
        values.put("storeSocket", node.storeSocket().toString());
        values.put("commandSocket", node.commandSocket().toString());
        StringJoiner lines = new StringJoiner("\n", "", "\n");
        values.forEach((key, value) ->
                lines.add(key + "=" + value.replace("\\", "\\\\").replace("\n", "\\n")));
        return lines.toString();
    }

    /**
     * Writes the record in one step, readable by its owner only.
     *
     * @return the file.
     * @throws IOException when the session directory cannot be written.
     */
    public Path write() throws IOException {
        Path file = file(node.sessionDirectory(), process.pid());
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, text(), StandardCharsets.UTF_8);
        return Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
