// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
/** What programs may use beyond Ray's own API. */
package org.thornback.ray;
