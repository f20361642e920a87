// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ray.api.function.RayFunc0;
import io.ray.api.function.RayFunc1;
import io.ray.api.function.RayFunc2;
import java.lang.reflect.InvocationTargetException;
import org.junit.jupiter.api.Test;
import org.thornback.ray.program.Counter;

class FunctionTableTest {
    private final FunctionTable table = new FunctionTable();
    private final FunctionLoader loader = new FunctionLoader(FunctionTableTest.class::getClassLoader);

    private Object call(BoundFunction bound, Object... arguments) throws InvocationTargetException {
        return loader.load(bound.function().descriptor()).invoke(null, bound.arguments(arguments));
    }

    @Test
    void shouldFindTheMethodOfAMethodReference() throws Exception {
        RayFunc1<Integer, Integer> square = Counter::square;

        BoundFunction bound = table.resolve(square);

        assertThat(bound.function().descriptor())
                .isEqualTo(new FunctionDescriptor("org.thornback.ray.program.Counter", "square", "(I)I"));
        assertThat(call(bound, 5)).isEqualTo(25);
    }

    @Test
    void shouldNumberAFunctionOnceHoweverItIsWritten() {
        RayFunc1<Integer, Integer> here = Counter::square;
        RayFunc1<Integer, Integer> there = Counter::square;

        assertThat(here.getClass()).isNotSameAs(there.getClass());
        assertThat(table.resolve(here).function()).isSameAs(table.resolve(there).function());
        RayFunc1<String, Integer> other = Counter::fail;
        assertThat(table.resolve(other).function().id())
                .isNotEqualTo(table.resolve(here).function().id());
    }

    @Test
    void shouldPutWhatALambdaCapturedBeforeTheArguments() throws Exception {
        for (int captured = 1; captured <= 2; captured++) {
            int factor = captured * 10;
            RayFunc1<Integer, Integer> lambda = number -> number * factor;
            assertThat(call(table.resolve(lambda), 3)).isEqualTo(30 * captured);
        }
    }

    @Test
    void shouldTakeTheReceiverFromTheCallOrFromTheReference() throws Exception {
        RayFunc2<Counter, Integer, Integer> unbound = Counter::add;
        Counter counter = new Counter(5);
        RayFunc1<Integer, Integer> bound = counter::add;
        RayFunc1<Integer, Counter> constructor = Counter::new;

        assertThat(call(table.resolve(unbound), counter, 2)).isEqualTo(7);
        assertThat(call(table.resolve(bound), 1)).isEqualTo(8);
        assertThat(((Counter) call(table.resolve(constructor), 3)).read()).isEqualTo(3);
    }

    @Test
    void shouldRefuseAFunctionThatIsNoLambda() {
        @SuppressWarnings("serial")
        class Written implements RayFunc0<Integer> {
            @Override
            public Integer apply() {
                return 1;
            }
        }

        assertThatThrownBy(() -> table.resolve(new Written()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Written")
                .hasMessageContaining("is not a lambda or method reference");
    }

    @Test
    void shouldNotTakeAFunctionForLongBecauseOfOneSlowCall() {
        Function function = table.function(new FunctionDescriptor("Main", "run", "()V"));
        assertThat(function.serviceNanos()).isEqualTo(-1);
        function.measured(10_000);
        function.measured(50_000_000);
        assertThat(function.serviceNanos()).isBetween(10_000L, 13_000L);
        for (int i = 0; i < 100; i++) {
            function.measured(50_000_000);
        }
        assertThat(function.serviceNanos()).as("it is long indeed").isGreaterThan(10_000_000);
        for (int i = 0; i < 30; i++) {
            function.measured(10_000);
        }
        assertThat(function.serviceNanos()).isBetween(10_000L, 11_000L);
    }
}
