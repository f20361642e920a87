// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.deploy.internal;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thornback.api.InvalidInputException;
import org.thornback.api.deploy.Deployment;
import org.thornback.api.deploy.Deployment.Kind;

/**
 * Owns what is deployed: which content is in effect under which name, and what is wrong with what is not. Changed on one thread,
 * read on any.
 */
final class Deployer {
    private static final Logger LOG = LoggerFactory.getLogger("ray.raylet");

    private final Map<Kind, Target> targets;
    private final DeployRecords records;
    private final Map<String, Deployment> table = new ConcurrentSkipListMap<>();

    Deployer(Map<Kind, Target> targets, DeployRecords records) {
        this.targets = new EnumMap<>(targets);
        this.records = requireNonNull(records, "records");
    }

    List<Deployment> list() {
        return table.values().stream()
                .map(one -> one.broken() || one.hash().isEmpty()
                        ? one
                        : new Deployment(
                                one.name(),
                                one.kind(),
                                one.hash(),
                                false,
                                targets.get(one.kind()).remark(one.name())))
                .toList();
    }

    boolean has(String name) {
        return table.containsKey(name);
    }

    /**
     * What a successor has to know: of each file in effect its kind, hash, number of parts in the control plane, and what its
     * target noted.
     */
    Map<String, List<String>> estate() {
        return table.values().stream()
                .filter(one -> !one.hash().isEmpty())
                .collect(Collectors.toMap(
                        Deployment::name,
                        one -> List.of(
                                one.kind().name(),
                                one.hash(),
                                Integer.toString(records.parts(one.hash())),
                                targets.get(one.kind()).note(one.name()))));
    }

    /** Goes on with what a predecessor deployed. */
    void goOn(Map<String, List<String>> estate) {
        estate.forEach((name, left) -> {
            Kind kind = Kind.valueOf(left.get(0));
            String hash = left.get(1);
            records.goOn(hash, Integer.parseInt(left.get(2)));
            if (targets.get(kind).goOn(name, hash, left.get(3))) {
                table.put(name, new Deployment(name, kind, hash, false, ""));
            }
        });
    }

    /** Files that cannot be taken as they are. */
    List<String> broken() {
        return table.values().stream()
                .filter(Deployment::broken)
                .map(Deployment::name)
                .toList();
    }

    /**
     * Lets content take effect.
     *
     * @throws InvalidInputException when it cannot; what was in effect under its name still is.
     */
    Deployment put(Content content) {
        Deployment before = table.get(content.name());
        boolean same = before != null
                && before.kind() == content.kind()
                && before.hash().equals(content.hash());
        if (!same) {
            targets.get(content.kind()).put(content);
            if (before != null
                    && before.kind() != content.kind()
                    && !before.hash().isEmpty()) {
                targets.get(before.kind()).remove(content.name());
            }
            records.deployed(content, before == null ? "" : before.hash());
            LOG.info("deploy: {} is {} ({})", content.name(), before == null ? "live" : "updated", content.kind());
        }
        Deployment now = new Deployment(content.name(), content.kind(), content.hash(), false, "");
        table.put(content.name(), now);
        return now;
    }

    /** The file of that name cannot be taken as it is, or cannot go: for a reason the user can mend, or by a defect. */
    void refused(String name, Throwable reason) {
        Deployment before = table.get(name);
        String remark = reason instanceof InvalidInputException ? reason.getMessage() : defect(reason);
        boolean said = before != null && before.remark().equals(remark);
        Kind kind = before == null ? kind(name) : before.kind();
        table.put(name, new Deployment(name, kind, before == null ? "" : before.hash(), true, remark));
        if (!said) {
            boolean old = before != null && !before.hash().isEmpty();
            String then = old ? ", what was there goes on" : "";
            if (reason instanceof InvalidInputException) {
                LOG.warn("deploy: {} is not taken{}: {}", name, then, remark);
            } else {
                LOG.error("deploy: {} is not taken{}: {}", name, then, remark, reason);
            }
        }
    }

    private static String defect(Throwable unexpected) {
        return "a defect came up: " + String.valueOf(unexpected).replaceAll("\\s+", " ") + "; the log has its trace.";
    }

    /**
     * Takes it out of effect.
     *
     * @throws InvalidInputException when something else needs it; then it stays.
     */
    void remove(String name) {
        Deployment before = table.get(name);
        if (before != null) {
            if (!before.hash().isEmpty()) {
                targets.get(before.kind()).remove(name);
                records.removed(name, before.hash());
                LOG.info("deploy: {} is gone", name);
            }
            table.remove(name);
        }
    }

    private static Kind kind(String name) {
        if (name.endsWith(Content.CFG)) {
            return Kind.CONFIGURATION;
        }
        return name.endsWith(Content.FEATURE) ? Kind.FEATURE : Kind.BUNDLE;
    }
}
