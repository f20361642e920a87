// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.boot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SystemPackagesTest {

    @Test
    void shouldKeepVersionsAndDropUses() {
        assertThat(SystemPackages.withoutUses(
                        "org.a;version=\"1.0.0\";uses:=\"org.b,org.c\",org.b;uses:=\"org.a\";version=2,org.c"))
                .isEqualTo("org.a;version=\"1.0.0\",org.b;version=2,org.c");
    }
}
