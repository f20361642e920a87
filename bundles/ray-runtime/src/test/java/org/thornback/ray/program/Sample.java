// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.program;

import java.io.Serializable;
import java.util.function.IntSupplier;

/** A class of a program: it lies outside the runtime's packages. */
public record Sample(int getAsInt, Object content) implements Serializable, IntSupplier {}
