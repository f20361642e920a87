// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.health.internal;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result.Status;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.thornback.api.command.NodeCommand;

/**
 * {@code ray health-check}: asks every check there is, those of others included, and says what each means and found. Safe
 * from any thread.
 *
 * <p>Exit status 0 when a task can run here now, with warnings or without, else 1.
 */
@Component(property = NodeCommand.NAME + "=health-check")
public final class HealthCheckCommand implements NodeCommand {
    private static final String USAGE =
            "ray health-check: give nothing, `--json`, or `--problems` for what is not well.";
    private static final int INDENT = 23;

    private final Map<HealthCheck, Map<String, Object>> checks = new ConcurrentHashMap<>();

    /** Waits for somebody to ask. */
    @Activate
    public HealthCheckCommand() {}

    /**
     * A check comes.
     *
     * @param check      to be asked.
     * @param properties of the service: name and meaning.
     */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public void addCheck(HealthCheck check, Map<String, Object> properties) {
        checks.put(check, Map.copyOf(properties));
    }

    /**
     * A check goes.
     *
     * @param check to be asked no more.
     */
    public void removeCheck(HealthCheck check) {
        checks.remove(check);
    }

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) {
        Optional<Function<List<Finding>, String>> layout = layout(arguments);
        if (layout.isEmpty()) {
            err.println(USAGE);
            return 2;
        }
        List<Finding> findings = Checkup.of(checks);
        out.print(layout.get().apply(findings));
        String bad = findings.stream()
                .filter(finding -> !finding.isHealthy())
                .map(Finding::check)
                .collect(Collectors.joining(", "));
        if (!bad.isEmpty()) {
            err.println("ray health-check: this node is not healthy: " + bad + ".");
        }
        return bad.isEmpty() ? 0 : 1;
    }

    private static Optional<Function<List<Finding>, String>> layout(List<String> arguments) {
        return switch (String.join(" ", arguments)) {
            case "" -> Optional.of(HealthCheckCommand::text);
            case "--json" -> Optional.of(HealthCheckCommand::json);
            case "--problems" -> Optional.of(HealthCheckCommand::problems);
            default -> Optional.empty();
        };
    }

    private static String problems(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.status() != Status.OK)
                .map(finding -> word(finding.status()) + " " + finding.check() + ": " + finding.text() + "\n")
                .collect(Collectors.joining());
    }

    private static String text(List<Finding> findings) {
        StringBuilder text = new StringBuilder();
        for (Finding finding : findings) {
            text.append(String.format(
                            Locale.ROOT, "%-8s %-13s %s", word(finding.status()), finding.check(), finding.meaning()))
                    .append('\n')
                    .append(" ".repeat(INDENT))
                    .append(finding.text())
                    .append('\n');
        }
        return text.toString();
    }

    private static String word(Status status) {
        return switch (status) {
            case OK, WARN, CRITICAL -> status.name();
            case TEMPORARILY_UNAVAILABLE -> "NOT YET";
            case HEALTH_CHECK_ERROR -> "ERROR";
        };
    }

    private static String json(List<Finding> findings) {
        JsonArray rows = new JsonArray();
        for (Finding finding : findings) {
            JsonObject row = new JsonObject();
            row.addProperty("check", finding.check());
            row.addProperty("status", finding.status().name());
            row.addProperty("meaning", finding.meaning());
            row.addProperty("finding", finding.text());
            rows.add(row);
        }
        JsonObject all = new JsonObject();
        all.addProperty("healthy", findings.stream().allMatch(Finding::isHealthy));
        all.add("checks", rows);
        return new GsonBuilder()
                        .setPrettyPrinting()
                        .disableHtmlEscaping()
                        .create()
                        .toJson(all) + "\n";
    }
}
