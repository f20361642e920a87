// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.thornback.testkit.FelixExtension;

/** Streams of this process, and bundles that are started while others have replaced them. */
class ShellStreamsTest {
    @RegisterExtension
    final FelixExtension felix = new FelixExtension();

    private final InputStream in = System.in;
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;

    @AfterEach
    void putBack() {
        System.setIn(in);
        System.setOut(out);
        System.setErr(err);
    }

    private Bundle bundle(String name) throws IOException, BundleException {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", name);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new JarOutputStream(bytes, manifest).close();
        return felix.context().installBundle("test:" + name, new ByteArrayInputStream(bytes.toByteArray()));
    }

    @Test
    void shouldGiveTheShellAtEachStartTheStreamsItFoundAtTheFirst() throws Exception {
        felix.context().addBundleListener(new ShellStreams());
        Bundle shell = bundle(ShellStreams.SHELL);
        Bundle other = bundle("other");
        shell.start();
        PrintStream left = new PrintStream(OutputStream.nullOutputStream());
        System.setIn(InputStream.nullInputStream());
        System.setOut(left);
        System.setErr(left);

        other.start();
        assertThat(System.out).as("another bundle started").isSameAs(left);
        shell.stop();
        shell.start();

        assertThat(System.in).isSameAs(in);
        assertThat(System.out).isSameAs(out);
        assertThat(System.err).isSameAs(err);
    }
}
