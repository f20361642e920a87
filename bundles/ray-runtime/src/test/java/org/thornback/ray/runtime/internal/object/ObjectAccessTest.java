// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ray.api.exception.RayTimeoutException;
import io.ray.api.exception.UnreconstructableException;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.thornback.ray.runtime.internal.fake.RuntimeParts;
import org.thornback.ray.runtime.internal.value.EncodedValue;
import org.thornback.testkit.Await;

@Timeout(60)
class ObjectAccessTest {
    private static final long FOREVER = Long.MAX_VALUE;

    private final RuntimeParts parts = new RuntimeParts();
    private final ObjectAccess objects = parts.objects();

    private <T> RayObject<T> expected() {
        return objects.expect(IdGenerator.objectId(parts.ids().taskId(), 1));
    }

    private void complete(RayObject<?> object, EncodedValue value) {
        object.complete(new Outcome.Inline(value.tag(), value.body().toArray(ValueLayout.JAVA_BYTE)), List.of());
    }

    private void complete(RayObject<?> object, Object value) {
        complete(object, parts.codec().encode(value));
    }

    private void fail(RayObject<?> object, RuntimeException error) {
        complete(object, parts.codec().encodeError(error));
    }

    private int balance(RayObject<?> object) {
        return parts.changes().stream()
                .filter(change -> Arrays.equals(change.objectId(), object.id()))
                .mapToInt(ReferenceLedger.Change::delta)
                .sum();
    }

    @Test
    void shouldGiveACopyOfItsOwnToEachReader() {
        RayObject<int[]> object = objects.put(new int[] {1, 2});

        object.get()[0] = 42;

        assertThat(object.get()).containsExactly(1, 2);
    }

    @Test
    void shouldKeepWhatTheUserPutEvenIfTheUserChangesItAfterwards() {
        byte[] users = {1, 2, 3};
        RayObject<byte[]> object = objects.put(users);

        users[0] = 42;

        assertThat(object.get()).containsExactly(1, 2, 3);
    }

    @Test
    void shouldReadLargeValuesFromTheStore() {
        byte[] large = new byte[ObjectAccess.MAX_INLINE + 1];
        large[large.length - 1] = 7;

        RayObject<byte[]> object = objects.put(large);

        assertThat(object.outcome()).isEqualTo(new Outcome.Stored(large.length));
        assertThat(object.get()).isEqualTo(large);
    }

    @Test
    void shouldWaitForAResultAndThrowWhatTheTaskThrew() {
        RayObject<String> object = expected();
        CompletableFuture<String> waiting = CompletableFuture.supplyAsync(object::get);
        complete(object, "result");
        assertThat(waiting.join()).isEqualTo("result");

        RayObject<String> failing = expected();
        fail(failing, new IllegalStateException("of the task"));
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(failing::get)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("of the task");
        }
    }

    @Test
    void shouldNameTheObjectThatWasNotReadyInTime() {
        RayObject<String> ready = objects.put("ready");
        RayObject<String> late = expected();

        assertThatThrownBy(() -> late.get(5))
                .isInstanceOf(RayTimeoutException.class)
                .hasMessageContaining("5 ms")
                .hasMessageContaining(late.toString());
        assertThatThrownBy(() -> objects.get(List.of(ready, late), 5))
                .isInstanceOf(RayTimeoutException.class)
                .hasMessageContaining(late.toString());
    }

    @Test
    void shouldThrowTheFirstErrorOfAListWithoutWaitingForTheRest() {
        RayObject<String> never = expected();
        RayObject<String> failing = expected();
        CompletableFuture<List<Object>> waiting =
                CompletableFuture.supplyAsync(() -> objects.get(List.of(never, failing), FOREVER));

        fail(failing, new IllegalStateException("of the second"));

        assertThatThrownBy(waiting::join).hasRootCauseMessage("of the second");
    }

    @Test
    void shouldSayThatAnObjectIsGoneWhenTheStoreHasItNoMore() {
        RayObject<String> object = expected();
        object.complete(new Outcome.Stored(200_000), List.of());

        assertThatThrownBy(object::get).isInstanceOf(UnreconstructableException.class);
    }

    @Test
    void shouldReportNoMoreReadyOnesThanWereAskedForAndInTheOrderOfTheList() {
        List<RayObject<?>> list = List.of(expected(), objects.put(1), objects.put(2), objects.put(3));

        assertThat(objects.waitFor(list, 2, FOREVER)).containsExactly(false, true, true, false);
        assertThat(objects.waitFor(list, 4, 5)).as("after the timeout").containsExactly(false, true, true, true);
    }

    @Test
    void shouldFindWhatAnotherProcessSealsLater() {
        byte[] id = parts.ids().putId();
        RayObject<?> borrowed = objects.borrow(id);
        assertThat(objects.isReady(borrowed)).isFalse();

        EncodedValue value = parts.codec().encode("from elsewhere");
        parts.store().put(id, value.tag().metadata(), value.body());

        assertThat(borrowed.get()).isEqualTo("from elsewhere");
        assertThat(objects.borrow(id)).isSameAs(borrowed);
    }

    @Test
    void shouldPublishAnInlineResultOnceWhenItIsShared() {
        RayObject<String> before = expected();
        before.share();
        assertThat(parts.store().contains(before.id())).isFalse();
        complete(before, "shared before it was there");
        RayObject<String> after = expected();
        complete(after, "shared when it was there");
        assertThat(parts.store().contains(after.id())).isFalse();
        after.share();
        after.share();

        assertThat(parts.store().contains(before.id())).isTrue();
        assertThat(parts.store().contains(after.id())).isTrue();
        assertThat(balance(before)).isEqualTo(1);
        assertThat(balance(after)).isEqualTo(1);
    }

    @Test
    void shouldRunWhatWaitedForAnOutcomeOnceAndIgnoreASecondOutcome() {
        RayObject<String> object = expected();
        List<String> ran = new ArrayList<>();
        object.whenComplete(() -> ran.add("waited"));
        complete(object, "first");
        complete(object, "second");
        object.whenComplete(() -> ran.add("at once"));

        assertThat(ran).containsExactly("waited", "at once");
        assertThat(object.get()).isEqualTo("first");
    }

    @Test
    void shouldReleaseAnObjectWhenTheProgramHasDroppedItsReference() {
        RayObject<byte[]> object = objects.put(new byte[ObjectAccess.MAX_INLINE + 1]);
        byte[] id = object.id();
        assertThat(balance(object)).isEqualTo(1);
        Reference.reachabilityFence(object);
        object = null;

        Await.await(
                () -> {
                    System.gc();
                    return parts.changes().stream()
                            .anyMatch(change -> change.delta() == -1 && Arrays.equals(change.objectId(), id));
                },
                () -> "the object is held for ever: " + parts.changes());
        assertThat(parts.store().contains(id))
                .as("it is the raylet that deletes")
                .isTrue();
    }
}
