// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
/** Main class of worker processes, under the name Ray has for it. */
package io.ray.runtime.runner.worker;
