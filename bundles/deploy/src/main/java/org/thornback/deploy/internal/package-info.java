// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
/** The deploy folder and the features, taken in while the node runs. */
package org.thornback.deploy.internal;
