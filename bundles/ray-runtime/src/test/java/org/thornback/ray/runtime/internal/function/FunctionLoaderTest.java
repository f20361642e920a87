// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import org.junit.jupiter.api.Test;
import org.thornback.ray.program.Counter;
import org.thornback.ray.runtime.internal.value.ValueFormatException;

class FunctionLoaderTest {
    private static final String COUNTER = Counter.class.getName();

    private final FunctionLoader loader = new FunctionLoader(FunctionLoaderTest.class::getClassLoader);

    private static Object[] of(Object... arguments) {
        return arguments;
    }

    @Test
    void shouldCallTheOverridingMethodOfTheActor() throws Exception {
        var add = new FunctionDescriptor(COUNTER, "add", "(I)I");
        var actor = new Counter.Doubling(1);

        assertThat(loader.loadForActor(add, actor.getClass()).invoke(actor, of(2)))
                .isEqualTo(5);
    }

    @Test
    void shouldFindInheritedAndDefaultMethods() throws Exception {
        var actor = new Counter.Doubling(4);

        Invocable inherited = loader.load(new FunctionDescriptor(COUNTER + "$Doubling", "read", "()I"));
        Invocable byDefault = loader.load(new FunctionDescriptor(COUNTER + "$Doubling", "twice", "()I"));

        assertThat(inherited.invoke(actor, of())).isEqualTo(4);
        assertThat(byDefault.invoke(actor, of())).isEqualTo(8);
    }

    @Test
    void shouldTakeTheConcurrencyGroupFromWhereverTheMethodIsDeclared() {
        var read = new FunctionDescriptor(COUNTER, "read", "()I");
        var add = new FunctionDescriptor(COUNTER, "add", "(I)I");

        assertThat(loader.loadForActor(read, Counter.Doubling.class).concurrencyGroup())
                .isEqualTo("readers");
        assertThat(loader.loadForActor(add, Counter.Doubling.class).concurrencyGroup())
                .isEmpty();
    }

    @Test
    void shouldConstruct() throws Exception {
        var constructor = new FunctionDescriptor(COUNTER, FunctionDescriptor.CONSTRUCTOR, "(I)V");

        assertThat(((Counter) loader.load(constructor).invoke(null, of(9))).read())
                .isEqualTo(9);
    }

    @Test
    void shouldHandOnWhatTheProgramThrows() {
        var fail = new FunctionDescriptor(COUNTER, "fail", "(Ljava/lang/String;)I");

        assertThatThrownBy(() -> loader.load(fail).invoke(null, of("on purpose")))
                .isInstanceOf(InvocationTargetException.class)
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("on purpose");
    }

    @Test
    void shouldSayWhichClassIsMissingAndWhereToPutIt() {
        assertThatThrownBy(() -> loader.load(new FunctionDescriptor("com.example.Gone", "run", "()V")))
                .isInstanceOf(ValueFormatException.class)
                .hasMessageContaining("class=com.example.Gone")
                .hasMessageContaining("function=com.example.Gone.run")
                .hasMessageContaining("ray.job.code-search-path");
        assertThatThrownBy(() -> loader.load(new FunctionDescriptor(COUNTER, "take", "(Lcom/example/Lost;)V")))
                .isInstanceOf(ValueFormatException.class)
                .hasMessageContaining("class=com.example.Lost");
    }

    @Test
    void shouldSayThatTheWorkersClassesAreOthersWhenTheMethodIsMissing() {
        assertThatThrownBy(() -> loader.load(new FunctionDescriptor(COUNTER, "add", "(J)J")))
                .isInstanceOf(ValueFormatException.class)
                .hasMessageContaining("function=" + COUNTER + ".add(J)J")
                .hasMessageContaining("another version");
    }
}
