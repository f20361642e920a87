// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ray.api.ActorHandle;
import io.ray.api.ObjectRef;
import io.ray.api.Ray;
import io.ray.api.exception.RayException;
import io.ray.api.exception.RayTaskException;
import io.ray.api.exception.RayWorkerException;
import java.io.FileNotFoundException;
import java.util.List;

/** What a caller sees when a task fails. */
final class TaskFailureChecks {
    private TaskFailureChecks() {}

    static final class OwnException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int code;

        OwnException(String message, int code, Throwable cause) {
            super(message, cause);
            this.code = code;
        }
    }

    static final class UnserializableException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Thread unused = null;

        @SuppressWarnings("serial") // that is its point
        private final Object holder = new Object();

        UnserializableException(String message) {
            super(message);
        }
    }

    static int fail(String message) {
        throw new OwnException(message, 17, new IllegalStateException("deeper"));
    }

    static int failChecked() throws FileNotFoundException {
        throw new FileNotFoundException("no such thing");
    }

    static int failUnserializable() {
        throw new UnserializableException("cannot travel");
    }

    static int failWithError() {
        throw new StackOverflowError("too deep");
    }

    static Object failByResult() {
        return new Thread("not a value");
    }

    static int relay(int value) {
        return value;
    }

    static int callFailing() {
        return Ray.task(TaskFailureChecks::fail, "inner").remote().get();
    }

    static int die() {
        Runtime.getRuntime().halt(3);
        return 0;
    }

    @Check
    static void shouldThrowTaskExceptionWithTheRealCauseWhenATaskThrows() {
        ObjectRef<Integer> ref = Ray.task(TaskFailureChecks::fail, "broken").remote();

        RayTaskException thrown = catchThrowableOfType(RayTaskException.class, ref::get);

        assertThat(thrown.getMessage()).matches("(?s)\\(pid=\\d+, ip=[0-9.]+\\) .*");
        assertThat(thrown).hasCauseInstanceOf(OwnException.class).hasRootCauseMessage("deeper");
        assertThat(thrown.getCause()).hasMessage("broken");
        assertThat(((OwnException) thrown.getCause()).code).isEqualTo(17);
        assertThat(thrown.getCause().getStackTrace()[0].getMethodName()).isEqualTo("fail");
        assertThatThrownBy(ref::get).isInstanceOf(RayTaskException.class);
    }

    @Check
    static void shouldKeepTheKindOfFailureWhenItIsCheckedOrAnError() {
        assertThatThrownBy(
                        () -> Ray.task(TaskFailureChecks::failChecked).remote().get())
                .isInstanceOf(RayTaskException.class)
                .hasCauseInstanceOf(FileNotFoundException.class);
        assertThatThrownBy(() ->
                        Ray.task(TaskFailureChecks::failWithError).remote().get())
                .isInstanceOf(RayTaskException.class)
                .hasCauseInstanceOf(StackOverflowError.class);
        assertThat(Ray.task(TaskChecks::none).remote().get()).isEqualTo("none");
    }

    @Check
    static void shouldTellTheTextWhenTheCauseCannotBeSerialized() {
        assertThatThrownBy(() ->
                        Ray.task(TaskFailureChecks::failUnserializable).remote().get())
                .isInstanceOf(RayTaskException.class)
                .hasStackTraceContaining("UnserializableException")
                .hasStackTraceContaining("cannot travel");
    }

    @Check
    static void shouldTellTheTypeWhenTheResultCannotBeSerialized() {
        assertThatThrownBy(
                        () -> Ray.task(TaskFailureChecks::failByResult).remote().get())
                .isInstanceOf(RayTaskException.class)
                .hasStackTraceContaining("java.lang.Thread");
    }

    @Check
    static void shouldPassTheFailureOnWhenATaskDependsOnAFailedOne() {
        ObjectRef<Integer> failed = Ray.task(TaskFailureChecks::fail, "first").remote();
        ObjectRef<Integer> next = Ray.task(TaskFailureChecks::relay, failed).remote();
        ObjectRef<Integer> last = Ray.task(TaskFailureChecks::relay, next).remote();

        assertThatThrownBy(last::get)
                .isInstanceOf(RayTaskException.class)
                .hasStackTraceContaining("OwnException: first")
                .hasRootCauseMessage("deeper");
    }

    @Check
    static void shouldNestWhenATaskCallsAFailingOne() {
        Throwable thrown = catchThrowableOfType(
                RayTaskException.class,
                () -> Ray.task(TaskFailureChecks::callFailing).remote().get());

        assertThat(thrown).hasCauseInstanceOf(RayTaskException.class);
        assertThat(thrown.getCause()).hasCauseInstanceOf(OwnException.class);
    }

    @Check
    static void shouldFailFastWhenOneOfAListFails() {
        ActorHandle<Gate> gate = Ray.actor(Gate::new).setMaxConcurrency(2).remote();
        ObjectRef<Integer> closed = gate.task(Gate::pass, 1).remote();
        ObjectRef<Integer> failed = Ray.task(TaskFailureChecks::fail, "fast").remote();

        assertThatThrownBy(() -> Ray.get(List.of(closed, failed), 20_000))
                .isInstanceOf(RayTaskException.class)
                .hasStackTraceContaining("fast");
        gate.task(Gate::open).remote();
    }

    @Check
    static void shouldThrowWorkerExceptionWhenTheProcessDies() {
        assertThatThrownBy(() -> Ray.task(TaskFailureChecks::die).remote().get())
                .isInstanceOf(RayWorkerException.class)
                .isInstanceOf(RayException.class)
                .hasMessageContaining("The worker died unexpectedly while executing this task.");
        assertThat(Ray.task(TaskChecks::none).remote().get()).isEqualTo("none");
    }

    @Check
    static void shouldLoseOnlyTheStartedTaskWhenAWorkerDiesWithOthersQueued() {
        var refs = new java.util.ArrayList<ObjectRef<Integer>>();
        for (int i = 0; i < 100; i++) {
            refs.add(Ray.task(TaskChecks::plus, i, 0).remote());
            if (i == 50) {
                refs.add(Ray.task(TaskFailureChecks::die).remote());
            }
        }
        ObjectRef<Integer> dead = refs.remove(51);

        assertThatThrownBy(dead::get).isInstanceOf(RayWorkerException.class);
        assertThat(Ray.get(refs)).hasSize(100).doesNotHaveDuplicates();
    }
}
