// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.value;

import io.ray.api.exception.RayTaskException;
import java.io.PrintWriter;
import java.io.StringWriter;

/** Exceptions that cannot be serialized travel as their stack trace. */
final class ErrorText {
    private ErrorText() {}

    static String of(Throwable error) {
        StringWriter text = new StringWriter();
        error.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    static RayTaskException toException(String text) {
        return new RayTaskException(text);
    }
}
