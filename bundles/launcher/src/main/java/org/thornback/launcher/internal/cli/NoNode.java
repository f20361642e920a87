// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.cli;

/** The one sentence for a question that nobody is there to answer. */
final class NoNode {
    private NoNode() {}

    static String sentence(NodeOptions nodes) {
        return "no Ray node" + (nodes.text().isEmpty() ? "" : " with" + nodes.text())
                + " of yours runs on this machine: start one with `ray start --head`.";
    }
}
