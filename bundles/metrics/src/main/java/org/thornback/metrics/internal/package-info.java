// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
/** What a node measures, and the page Prometheus reads it from. */
package org.thornback.metrics.internal;
