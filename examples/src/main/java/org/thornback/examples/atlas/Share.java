// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.examples.atlas;

import java.io.Serializable;

/** How much of the work one worker process did. */
public record Share(int tasks, int classes, long bytes) implements Serializable {
    Share plus(Share other) {
        return new Share(tasks + other.tasks, classes + other.classes, bytes + other.bytes);
    }
}
