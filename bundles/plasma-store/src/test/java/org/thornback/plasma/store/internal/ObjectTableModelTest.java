// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;

/** Does the same to the table in real memory and to plain collections, and compares after every step. */
class ObjectTableModelTest {
    private static final int KEYS = 8;
    private static final int CAPACITY = 4096;

    enum Kind {
        CREATE,
        CREATE_BY_CLIENT,
        SEAL,
        ABORT,
        DELETE,
        HOLD,
        RELEASE,
        RELEASE_ALL,
        PIN,
        UNPIN,
        EVICT,
        CLIENT_ENDS
    }

    record Step(Kind kind, int key, int size) {}

    @Provide
    Arbitrary<Step> steps() {
        Arbitrary<Kind> kinds = Arbitraries.frequency(
                Tuple.of(5, Kind.CREATE),
                Tuple.of(3, Kind.CREATE_BY_CLIENT),
                Tuple.of(7, Kind.SEAL),
                Tuple.of(1, Kind.ABORT),
                Tuple.of(2, Kind.DELETE),
                Tuple.of(2, Kind.HOLD),
                Tuple.of(2, Kind.RELEASE),
                Tuple.of(1, Kind.RELEASE_ALL),
                Tuple.of(3, Kind.PIN),
                Tuple.of(2, Kind.UNPIN),
                Tuple.of(1, Kind.EVICT),
                Tuple.of(1, Kind.CLIENT_ENDS));
        return Combinators.combine(
                        kinds,
                        Arbitraries.integers().between(0, KEYS - 1),
                        Arbitraries.integers().between(0, 1500))
                .as(Step::new);
    }

    @Property(tries = 400)
    void shouldDoWhatAPlainMapDoes(@ForAll @Size(min = 10, max = 120) List<@From("steps") Step> steps)
            throws IOException {
        try (TableModel model = new TableModel(CAPACITY)) {
            for (Step step : steps) {
                apply(model, step);
                model.check();
            }
            model.letGoOfEverything();
            assertThat(model.memory.used()).as("bytes left when all is gone").isZero();
            assertThat(model.memory.current().space().blocks()).isEqualTo(1);
        }
    }

    private static void apply(TableModel model, Step step) {
        int key = step.key();
        switch (step.kind()) {
            case CREATE -> model.create(key, step.size(), model.local);
            case CREATE_BY_CLIENT -> model.create(key, step.size(), model.other);
            case SEAL -> model.seal(key);
            case ABORT -> model.abort(key);
            case DELETE -> model.delete(key);
            case HOLD -> model.hold(key, "holder-" + step.size() % 2);
            case RELEASE -> model.release(key, "holder-" + step.size() % 2);
            case RELEASE_ALL -> model.releaseAll("holder-" + step.size() % 2);
            case PIN -> model.pin(key);
            case UNPIN -> model.unpin(step.size());
            case EVICT -> model.evict(step.size());
            case CLIENT_ENDS -> model.endOther();
        }
    }
}
