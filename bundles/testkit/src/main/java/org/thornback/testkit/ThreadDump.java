// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.testkit;

import java.util.Comparator;
import java.util.Map;

/** The stacks of all platform threads of this JVM as text, for messages of failed tests. */
public final class ThreadDump {
    private ThreadDump() {}

    /** All platform threads, by name. */
    public static String text() {
        var text = new StringBuilder("threads of pid=")
                .append(ProcessHandle.current().pid());
        Thread.getAllStackTraces().entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getKey().getName()))
                .forEach(entry -> append(text, entry));
        return text.toString();
    }

    private static void append(StringBuilder text, Map.Entry<Thread, StackTraceElement[]> entry) {
        Thread thread = entry.getKey();
        text.append("\n\"").append(thread.getName()).append("\" ").append(thread.getState());
        for (StackTraceElement frame : entry.getValue()) {
            text.append("\n    at ").append(frame);
        }
    }
}
