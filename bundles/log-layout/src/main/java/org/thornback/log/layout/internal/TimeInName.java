// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.log.layout.internal;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the time out of a session's name. Stateless. */
final class TimeInName {
    private static final Pattern NAME =
            Pattern.compile("session_(\\d{4}-\\d\\d-\\d\\d_\\d\\d-\\d\\d-\\d\\d_\\d{6})_\\d+");
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd_HH-mm-ss_SSSSSS", Locale.ROOT);

    private TimeInName() {}

    static Optional<LocalDateTime> of(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDateTime.parse(matcher.group(1), FORMAT));
        } catch (DateTimeParseException e) {
            return Optional.empty(); // digits that are no date
        }
    }
}
