// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.boot;

import java.io.InputStream;
import java.io.PrintStream;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;

/**
 * Lets the Felix shell start again. It replaces the standard streams of the process and puts them back when it stops; a line that
 * goes on meanwhile, the one that stopped it for instance, replaces them once more when it ends, and then the shell finds its own
 * streams at the next start and refuses it. So each start finds what the first one found.
 *
 * <p>Called by the thread that starts the bundle, which Felix lets only one do at a time.
 */
final class ShellStreams implements SynchronousBundleListener {
    /** The bundle that replaces them. */
    static final String SHELL = "org.apache.felix.gogo.runtime";

    private InputStream in;
    private PrintStream out;
    private PrintStream err;

    @Override
    public void bundleChanged(BundleEvent event) {
        if (event.getType() != BundleEvent.STARTING
                || !SHELL.equals(event.getBundle().getSymbolicName())) {
            return;
        }
        if (in == null) {
            in = System.in;
            out = System.out;
            err = System.err;
        } else {
            System.setIn(in);
            System.setOut(out);
            System.setErr(err);
        }
    }
}
