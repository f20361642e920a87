// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
/** Programs of our own that run as drivers. */
package io.ray.runtime.runner;
