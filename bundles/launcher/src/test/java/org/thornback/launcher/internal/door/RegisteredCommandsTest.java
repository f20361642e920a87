// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.thornback.api.command.NodeCommand;
import org.thornback.testkit.FelixExtension;

/** The commands in a framework. */
class RegisteredCommandsTest {
    @RegisterExtension
    final FelixExtension felix = new FelixExtension();

    private ServiceRegistration<NodeCommand> command(int status, int ranking, Object names) {
        return felix.context()
                .registerService(
                        NodeCommand.class,
                        (arguments, out, err) -> status,
                        new Hashtable<>(Map.of(NodeCommand.NAME, names, Constants.SERVICE_RANKING, ranking)));
    }

    private int run(String name) {
        return new RegisteredCommands(felix.context())
                .use(name, command -> command.run(List.of(), System.out, System.err))
                .orElse(-1);
    }

    @Test
    void shouldKnowCommandsAsTheyComeAndGoAndPreferTheHigherRanking() {
        command(5, 0, "extra");
        ServiceRegistration<NodeCommand> better = command(6, 1, new String[] {"extra", "more"});

        assertThat(new RegisteredCommands(felix.context()).names()).containsExactly("extra", "more");
        assertThat(run("extra")).isEqualTo(6);
        assertThat(run("more")).isEqualTo(6);
        better.unregister();
        assertThat(run("extra")).isEqualTo(5);
        assertThat(run("more")).isEqualTo(-1);
    }
}
