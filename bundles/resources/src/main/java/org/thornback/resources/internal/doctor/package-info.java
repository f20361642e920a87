// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
/** What usually goes wrong with a machine, one class for each subject, below a given root. */
package org.thornback.resources.internal.doctor;
