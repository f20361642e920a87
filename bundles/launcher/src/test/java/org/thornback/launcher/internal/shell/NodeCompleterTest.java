// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.reader.impl.DefaultParser;
import org.junit.jupiter.api.Test;

class NodeCompleterTest {
    private static List<String> typed(String line, int cursor) {
        ParsedLine parsed = new DefaultParser().parse(line, cursor, Parser.ParseContext.COMPLETE);
        return NodeCompleter.typed(parsed);
    }

    @Test
    void shouldAskForTheWordThatIsTypedAndThoseBeforeIt() {
        assertThat(typed("", 0)).containsExactly("");
        assertThat(typed("sta", 3)).containsExactly("sta");
        assertThat(typed("get actor ab", 12)).containsExactly("get", "actor", "ab");
        assertThat(typed("get actor ", 10)).containsExactly("get", "actor", "");
        assertThat(typed("get actor ab", 7)).as("in the middle").containsExactly("get", "act");
    }

    @Test
    void shouldForgetCommandsBeforeThisOne() {
        assertThat(typed("lb | gre", 8)).containsExactly("gre");
        assertThat(typed("status ; kill --", 16)).containsExactly("kill", "--");
    }
}
