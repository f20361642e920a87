// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
/** A backend of the object store to drop into a running node. */
package org.thornback.examples.backend;
