// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Resources as people write them: {@code {CPU: 0.5, GPU: 1}}. */
final class ResourceText {
    private static final int SCALE = 4;

    private ResourceText() {}

    static String of(Map<String, Long> resources) {
        return new TreeMap<>(resources)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + ": "
                                + BigDecimal.valueOf(entry.getValue(), SCALE)
                                        .stripTrailingZeros()
                                        .toPlainString())
                        .collect(Collectors.joining(", ", "{", "}"));
    }
}
