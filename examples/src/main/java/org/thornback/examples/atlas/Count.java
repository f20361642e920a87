// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.examples.atlas;

import java.io.Serializable;

/** Something, and how often it was seen. */
public record Count(String name, int count) implements Serializable {}
