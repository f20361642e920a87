// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.resources.internal.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.thornback.api.health.Diagnosis;

/**
 * The clock: not behind sessions that were made before, not far from the file system's, and quick to be read. Stateless.
 *
 * <p>The newest session is found by its name, so a clock that goes back hides new ones behind old ones from other tools.
 */
final class ClockCheck {
    private static final String SUBJECT = "clock";
    private static final Duration TOLERANCE = Duration.ofSeconds(5);
    private static final Pattern SESSION = Pattern.compile("session_(\\d{4}-\\d\\d-\\d\\d_\\d\\d-\\d\\d-\\d\\d)_.*");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd_HH-mm-ss");
    private static final Set<String> SLOW = Set.of("hpet", "acpi_pm", "jiffies", "refined-jiffies");
    private static final String SET_CLOCK =
            "As root: `timedatectl set-ntp true`, or where there is no systemd" + " `chronyc makestep`.";

    private ClockCheck() {}

    static Diagnosis look(Place place, Path tempDir, Clock clock) {
        Optional<LocalDateTime> newest = newestSession(place.at(tempDir));
        LocalDateTime now = LocalDateTime.now(clock);
        if (newest.isPresent() && newest.get().isAfter(now.plus(TOLERANCE))) {
            return Diagnosis.problem(
                    SUBJECT,
                    "The clock says " + TIME.format(now) + ", but " + tempDir + " has a session of "
                            + TIME.format(newest.get()) + ": it went back.",
                    SET_CLOCK);
        }
        Optional<Duration> skew = skewOfFiles(place.at(place.nearest(tempDir)), clock);
        if (skew.isPresent() && skew.get().abs().compareTo(TOLERANCE) > 0) {
            return Diagnosis.problem(
                    SUBJECT,
                    "Files made in " + place.nearest(tempDir) + " are "
                            + skew.get().toSeconds() + " s off the clock: is it on another machine?",
                    SET_CLOCK + " On the machine that has the files, too.");
        }
        String source = String.join("", place.lines("sys/devices/system/clocksource/clocksource0/current_clocksource"));
        if (SLOW.contains(source.strip())) {
            List<String> others = place.lines("sys/devices/system/clocksource/clocksource0/available_clocksource");
            return Diagnosis.problem(
                    SUBJECT,
                    "The kernel reads the time from " + source.strip()
                            + ", which takes microseconds each time, and a call" + " reads it often; it has "
                            + String.join(" ", others).strip() + ".",
                    "As root: `echo tsc > /sys/devices/system/clocksource/clocksource0/current_clocksource` if tsc is"
                            + " among them.");
        }
        return Diagnosis.ok(
                SUBJECT, "It is not behind any session" + (skew.isEmpty() ? "." : " nor off files made now."));
    }

    private static Optional<LocalDateTime> newestSession(Path tempDir) {
        try (Stream<Path> entries = Files.list(tempDir)) {
            return entries.map(entry -> SESSION.matcher(entry.getFileName().toString()))
                    .filter(Matcher::matches)
                    .flatMap(name -> time(name.group(1)).stream())
                    .max(Comparator.naturalOrder());
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    private static Optional<LocalDateTime> time(String text) {
        try {
            return Optional.of(LocalDateTime.parse(text, TIME));
        } catch (DateTimeParseException anotherName) {
            return Optional.empty();
        }
    }

    /** How much later a file made now is than the clock. */
    private static Optional<Duration> skewOfFiles(Path directory, Clock clock) {
        try {
            Path file = Files.createTempFile(directory, "ray-doctor-", "");
            try {
                Instant made = Files.getLastModifiedTime(file).toInstant();
                return Optional.of(Duration.between(clock.instant(), made));
            } finally {
                Files.delete(file);
            }
        } catch (IOException unwritable) {
            return Optional.empty(); // said by the check of the disk
        }
    }
}
