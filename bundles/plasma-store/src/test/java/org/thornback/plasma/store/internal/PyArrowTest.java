// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.thornback.api.store.StoreCounter;
import org.thornback.testkit.PyArrow;

/** The checks of {@code plasma_checks.py}, made by the real pyarrow 11. */
class PyArrowTest {
    private static final long CAPACITY = 64L << 20;

    @TestFactory
    Stream<DynamicTest> shouldServePyArrow() throws IOException, URISyntaxException {
        PyArrow.Found found = PyArrow.find();
        Assumptions.assumeTrue(found.pyarrow().isPresent(), found.reason());
        Path script =
                Path.of(getClass().getResource("/pyarrow/plasma_checks.py").toURI());
        PyArrow.Result result;
        try (StoreFixture fixture = new StoreFixture(CAPACITY, Duration.ofSeconds(5))) {
            result = found.pyarrow().get().run(script, fixture.socket.toString(), Long.toString(CAPACITY));
            fixture.awaitCounter(StoreCounter.CLIENTS, 1);
            assertThat(fixture.counter(StoreCounter.CREATED_OBJECTS)).isZero();
            assertThat(fixture.counter(StoreCounter.PROTOCOL_ERRORS_TOTAL)).isZero();
            assertThat(fixture.counter(StoreCounter.CONDUCTOR_ERRORS_TOTAL)).isZero();
        }
        assertThat(result.status()).as(result.output()).isZero();
        assertThat(result.output().lines()).as(result.output()).hasSizeGreaterThanOrEqualTo(16);
        return result.output().lines().map(line -> {
            String[] words = line.split(" ", 3);
            return DynamicTest.dynamicTest(
                    words.length > 1 ? words[1] : line,
                    () -> assertThat(words[0]).as(line).isEqualTo("ok"));
        });
    }
}
