// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thornback.itests.process.Playground;
import org.thornback.itests.process.Running;
import org.thornback.itests.programs.PlasmaPeer;
import org.thornback.testkit.PyArrow;

/** A Ray program and a pyarrow program share objects through the node's store. */
class PyArrowIT {
    private static final String ID = "00112233445566778899aabbccddeeff01234567";

    @TempDir
    private Path directory;

    @Test
    void shouldShareObjectsBothWays() throws Exception {
        PyArrow.Found found = PyArrow.find();
        Assumptions.assumeTrue(found.pyarrow().isPresent(), found.reason());
        try (Playground playground = new Playground(directory)) {
            String address = playground.startHead("--num-cpus=2", "--object-store-memory=100000000");
            Running java = playground.startProgram(PlasmaPeer.class, "-Dray.address=" + address, "-Dplasma.id=" + ID);
            java.awaitOutput("shown");
            List<String> arguments = new ArrayList<>(List.of(playground.storeSocket(), ID));
            for (String name : List.of("put-small", "put-large", "task-small", "task-large")) {
                arguments.add(java.awaitOutput(name + "=[0-9a-f]{40}").group());
            }
            PyArrow.Result python = found.pyarrow().get().run(script(), arguments.toArray(String[]::new));
            assertThat(python.output())
                    .as("status %d", python.status())
                    .contains("saw put-small", "saw put-large", "saw task-small", "saw task-large", "made " + ID);
            assertThat(java.awaitOutput("read .*").group()).isEqualTo("read 200000 600000 600000 from python " + ID);
        }
    }

    private Path script() throws URISyntaxException {
        return Path.of(getClass().getResource("/pyarrow/plasma_peer.py").toURI());
    }
}
