// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.health.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.Result.Status;
import org.apache.felix.hc.api.ResultLog;

/**
 * Asks checks, all at once, each on a thread of its own, and waits a bounded time: some are written by others.
 *
 * <p>Felix's executor would do more, keep results and serve them, but needs a servlet container.
 */
final class Checkup {
    private static final long SECONDS = 2 * Meaning.ANSWER_SECONDS;

    private Checkup() {}

    /**
     * Asks.
     *
     * @param checks with the properties of their services.
     * @return what each found, by name.
     */
    static List<Finding> of(Map<HealthCheck, Map<String, Object>> checks) {
        List<Map<String, Object>> properties = new ArrayList<>();
        List<Callable<Result>> questions = new ArrayList<>();
        checks.forEach((check, said) -> {
            properties.add(said);
            questions.add(check::execute);
        });
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            List<Future<Result>> answers = threads.invokeAll(questions, SECONDS, TimeUnit.SECONDS);
            List<Finding> findings = new ArrayList<>();
            for (int i = 0; i < answers.size(); i++) {
                findings.add(finding(properties.get(i), answers.get(i)));
            }
            findings.sort(Comparator.comparing(Finding::check));
            return findings;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return List.of(new Finding("health-check", "", Status.HEALTH_CHECK_ERROR, "the node is ending."));
        } finally {
            threads.shutdownNow(); // not closed: a check that hears no interrupt is not waited for
        }
    }

    private static Finding finding(Map<String, Object> properties, Future<Result> answer) throws InterruptedException {
        String name = String.valueOf(properties.getOrDefault(HealthCheck.NAME, "unnamed"));
        String meaning = String.valueOf(properties.getOrDefault(Meaning.PROPERTY, ""));
        try {
            Result result = answer.get();
            return new Finding(name, meaning, result.getStatus(), text(result));
        } catch (CancellationException late) {
            return new Finding(name, meaning, Status.CRITICAL, "the check did not end within " + SECONDS + " s.");
        } catch (ExecutionException failed) {
            return new Finding(
                    name, meaning, Status.HEALTH_CHECK_ERROR, "the check failed: " + failed.getCause() + ".");
        }
    }

    private static String text(Result result) {
        return String.join(
                " ",
                StreamSupport.stream(result.spliterator(), false)
                        .filter(entry -> !entry.isDebug())
                        .map(ResultLog.Entry::getMessage)
                        .toList());
    }
}
