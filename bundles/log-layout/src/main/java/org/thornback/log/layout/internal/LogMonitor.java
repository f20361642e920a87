// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.log.layout.internal;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thornback.api.keeper.Keeper;
import org.thornback.api.session.Session;
import org.thornback.api.session.WorkerLogListener;

/**
 * Follows the output files of this node's workers and hands on what is new. One thread owns everything; the listener may
 * come and go, and misses nothing meanwhile.
 */
@Component(
        immediate = true,
        service = {})
public final class LogMonitor {
    private static final Logger LOG = LoggerFactory.getLogger("ray.log_monitor");
    private static final Pattern WORKER = Pattern.compile("worker-([0-9a-f]{56})\\.(out|err)");
    private static final long PERIOD_MILLIS = 100;
    private static final int PATIENCE = 10;

    private static final String ESTATE = "log-monitor";
    private static final long LAST_LOOK_SECONDS = 5;

    private final Path logs;
    private final Optional<Keeper> keeper;
    private final Map<Path, LogTail> tails = new HashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("ray-log-monitor").factory());

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile WorkerLogListener listener;

    /**
     * Begins to follow, where a predecessor stopped.
     *
     * @param session whose logs.
     * @param keeper  knows how far a predecessor was, if it is there.
     */
    @Activate
    public LogMonitor(
            @Reference Session session, @Reference(cardinality = ReferenceCardinality.OPTIONAL) Keeper keeper) {
        logs = requireNonNull(session, "session").logs();
        this.keeper = Optional.ofNullable(keeper);
        this.keeper.flatMap(kept -> kept.take(ESTATE, Map.class)).ifPresent(this::goOn);
        timer.scheduleWithFixedDelay(this::look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        LOG.info("follows the workers' output in {}", logs);
    }

    @SuppressWarnings("unchecked") // as close() left it
    private void goOn(Map<?, ?> positions) {
        ((Map<Path, Long>) positions)
                .forEach((file, position) -> tails.put(file, new LogTail(file, PATIENCE, position)));
    }

    /** Stops following; how far it was stays for a successor. */
    @Deactivate
    public void close() {
        timer.shutdown();
        try {
            timer.awaitTermination(LAST_LOOK_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Map<Path, Long> positions = new HashMap<>();
        tails.forEach((file, tail) -> positions.put(file, tail.position()));
        keeper.ifPresent(kept -> kept.leave(ESTATE, positions));
    }

    private void look() {
        WorkerLogListener hears = listener;
        if (hears == null) {
            return;
        }
        try (Stream<Path> files = Files.list(logs)) {
            for (Path file : files.toList()) {
                Matcher matcher = WORKER.matcher(file.getFileName().toString());
                if (matcher.matches()) {
                    read(file, matcher.group(1), "err".equals(matcher.group(2)), hears);
                }
            }
        } catch (NoSuchFileException e) {
            LOG.warn("the log directory {} was removed", logs);
        } catch (IOException e) {
            LOG.warn("the log directory {} cannot be read", logs, e);
        }
    }

    private void read(Path file, String workerId, boolean errorStream, WorkerLogListener hears) {
        LogTail tail = tails.computeIfAbsent(file, path -> {
            LOG.info("follows {}", path.getFileName());
            return new LogTail(path, PATIENCE);
        });
        try {
            String lines = tail.read();
            if (!lines.isEmpty()) {
                hears.printed(workerId, errorStream, lines);
            }
        } catch (IOException e) {
            LOG.warn("{} cannot be read", file, e);
        }
    }
}
