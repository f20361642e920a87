// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
/** The parts of the example that maps all classes of the running JDK: packs, surveys, and the actor that gathers. */
package org.thornback.examples.atlas;
