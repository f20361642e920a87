// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
/** The Felix web console of a node: where it listens, and who may use it. */
package org.thornback.webui.internal;
