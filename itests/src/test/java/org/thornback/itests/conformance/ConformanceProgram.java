// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.conformance;

import io.ray.api.Ray;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A driver that runs all checks against one cluster, and writes for each a line {@code ok NAME} or {@code failed NAME}
 * with the stack trace to the file that the property {@code conformance.report} names. {@code conformance.only} is a
 * regular expression for the names.
 */
public final class ConformanceProgram {
    static final List<Class<?>> SUBJECTS = List.of(
            ValueChecks.class,
            WaitChecks.class,
            TaskChecks.class,
            TaskFailureChecks.class,
            ReferenceChecks.class,
            NestedTaskChecks.class,
            BufferChecks.class,
            ActorChecks.class,
            ActorHandleChecks.class,
            ActorDeathChecks.class,
            ActorConcurrencyChecks.class,
            ContextChecks.class);

    private static final long LIMIT_MILLIS = 90_000;

    private ConformanceProgram() {}

    public static void main(String[] arguments) throws Exception {
        String only = System.getProperty("conformance.only", ".*");
        Ray.init();
        try (var report = new PrintStream(
                Files.newOutputStream(Path.of(System.getProperty("conformance.report"))),
                true,
                StandardCharsets.UTF_8)) {
            for (Class<?> subject : SUBJECTS) {
                for (Method check : checksOf(subject)) {
                    String name = subject.getSimpleName() + "." + check.getName();
                    if (name.matches(only)) {
                        report.println(verdict(name, check));
                    }
                }
            }
            report.println("end");
        } finally {
            Ray.shutdown();
        }
    }

    static List<Method> checksOf(Class<?> subject) {
        return Arrays.stream(subject.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Check.class))
                .sorted(Comparator.comparing(Method::getName))
                .toList();
    }

    private static String verdict(String name, Method check) throws InterruptedException, IOException {
        var failure = new Throwable[1];
        Thread thread = Thread.ofPlatform().daemon().name(name).start(() -> failure[0] = run(check));
        thread.join(LIMIT_MILLIS);
        if (thread.isAlive()) {
            return "failed " + name + "\nit still hangs after " + LIMIT_MILLIS + " ms:\n" + stacks();
        }
        return failure[0] == null ? "ok " + name : "failed " + name + "\n" + trace(failure[0]);
    }

    private static Throwable run(Method check) {
        try {
            check.setAccessible(true);
            check.invoke(null);
            return null;
        } catch (InvocationTargetException e) {
            return e.getCause();
        } catch (IllegalAccessException e) {
            return e;
        }
    }

    private static String trace(Throwable failure) {
        var text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    private static String stacks() {
        var text = new StringBuilder();
        for (Map.Entry<Thread, StackTraceElement[]> entry :
                Thread.getAllStackTraces().entrySet()) {
            text.append(entry.getKey()).append('\n');
            Arrays.stream(entry.getValue())
                    .forEach(frame -> text.append("    ").append(frame).append('\n'));
        }
        return text.toString();
    }
}
