// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.owner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.thornback.layout.SegmentBuffer;
import org.thornback.layout.message.ArgumentKind;
import org.thornback.layout.message.Bool;
import org.thornback.layout.message.MessageHeaderDecoder;
import org.thornback.layout.message.PushTaskDecoder;
import org.thornback.ray.runtime.internal.fake.RuntimeParts;
import org.thornback.ray.runtime.internal.function.Function;
import org.thornback.ray.runtime.internal.function.FunctionDescriptor;
import org.thornback.ray.runtime.internal.object.IdGenerator;
import org.thornback.ray.runtime.internal.object.ObjectAccess;
import org.thornback.ray.runtime.internal.object.Outcome;
import org.thornback.ray.runtime.internal.object.RayObject;
import org.thornback.ray.runtime.internal.value.EncodedValue;
import org.thornback.ray.runtime.internal.value.ValueFormatException;
import org.thornback.ray.runtime.internal.value.ValueTag;

class CallEncoderTest {
    private final RuntimeParts parts = new RuntimeParts();
    private final CallEncoder encoder = parts.encoder();
    private final Function function = parts.functions().function(new FunctionDescriptor("Main", "run", "()V"));
    private final byte[] taskId = parts.ids().taskId();

    /** One argument as a worker reads it. */
    private record Read(ArgumentKind kind, byte[] metadata, byte[] body) {}

    private Object value(Read argument) {
        return parts.codec().decode(ValueTag.of(argument.metadata()[0]), MemorySegment.ofArray(argument.body()));
    }

    private List<Read> send(CallEncoder.Arguments arguments) {
        byte[] message = encoder.encode(taskId, function, true, arguments, "näme", "group");
        PushTaskDecoder decoder = new PushTaskDecoder()
                .wrapAndApplyHeader(new SegmentBuffer(MemorySegment.ofArray(message)), 0, new MessageHeaderDecoder());
        byte[] readTask = new byte[taskId.length];
        decoder.getTaskId(readTask, 0);
        assertThat(readTask).isEqualTo(taskId);
        assertThat(decoder.functionId()).isEqualTo(function.id());
        assertThat(decoder.actorCall()).isEqualTo(Bool.YES);
        List<Read> all = new ArrayList<>();
        for (PushTaskDecoder.ArgumentsDecoder argument : decoder.arguments()) {
            ArgumentKind kind = argument.kind();
            byte[] metadata = new byte[argument.metadataLength()];
            argument.getMetadata(metadata, 0, metadata.length);
            byte[] body = new byte[argument.bodyLength()];
            argument.getBody(body, 0, body.length);
            all.add(new Read(kind, metadata, body));
        }
        assertThat(decoder.name()).isEqualTo("näme");
        assertThat(decoder.concurrencyGroup()).isEqualTo("group");
        assertThat(decoder.limit()).as("the message has no more and no less").isEqualTo(message.length);
        return all;
    }

    private List<Read> send(Object... arguments) {
        return send(encoder.prepare(arguments));
    }

    private <T> RayObject<T> expected() {
        return parts.objects().expect(IdGenerator.objectId(parts.ids().taskId(), 1));
    }

    private Outcome.Inline inline(Object value) {
        EncodedValue encoded = parts.codec().encode(value);
        return new Outcome.Inline(encoded.tag(), encoded.body().toArray(ValueLayout.JAVA_BYTE));
    }

    @Test
    void shouldSendSmallValuesInTheMessage() {
        List<Read> read = send(1, "two", null, new byte[] {3});

        assertThat(read).extracting(Read::kind).containsOnly(ArgumentKind.VALUE);
        assertThat(read.stream().map(this::value)).containsExactly(1, "two", null, new byte[] {3});
        assertThat(send()).isEmpty();
    }

    @Test
    void shouldPutLargeValuesIntoTheStoreAndKeepThemUntilTheCallIsOver() {
        byte[] largest = new byte[ObjectAccess.MAX_INLINE];
        byte[] larger = new byte[ObjectAccess.MAX_INLINE + 1];
        CallEncoder.Arguments arguments = encoder.prepare(new Object[] {largest, larger});

        List<Read> read = send(arguments);

        assertThat(read.get(0).kind()).isEqualTo(ArgumentKind.VALUE);
        assertThat(read.get(1).kind()).isEqualTo(ArgumentKind.IN_STORE);
        assertThat(parts.store().contains(read.get(1).body())).isTrue();
        assertThat(arguments.kept())
                .singleElement()
                .isInstanceOfSatisfying(
                        RayObject.class,
                        kept -> assertThat(kept.id()).isEqualTo(read.get(1).body()));
    }

    @Test
    void shouldPassAReferenceAsItsValueWhenItIsKnownAndSmall() {
        RayObject<String> known = expected();
        known.complete(inline("known here"), List.of());

        List<Read> read = send(known);

        assertThat(read.getFirst().kind()).isEqualTo(ArgumentKind.VALUE);
        assertThat(value(read.getFirst())).isEqualTo("known here");
    }

    @Test
    void shouldPassAReferenceByItsIdWhenItsValueLiesInTheStore() {
        RayObject<byte[]> stored = parts.objects().put(new byte[ObjectAccess.MAX_INLINE + 1]);
        RayObject<?> borrowed = parts.objects().borrow(parts.ids().putId());

        List<Read> read = send(stored, borrowed);

        assertThat(read).extracting(Read::kind).containsOnly(ArgumentKind.IN_STORE);
        assertThat(read.get(0).body()).isEqualTo(stored.id());
        assertThat(read.get(1).body()).isEqualTo(borrowed.id());
    }

    @Test
    void shouldTellWhichReferencesAreStillPending() {
        RayObject<String> pending = expected();
        RayObject<String> done = expected();
        done.complete(inline("x"), List.of());
        CallEncoder.Arguments arguments = encoder.prepare(new Object[] {
            1, pending, done, parts.objects().borrow(parts.ids().putId())
        });

        assertThat(arguments.pending()).isEqualTo(List.of(pending));
        pending.complete(inline("y"), List.of());
        assertThat(arguments.pending()).isEmpty();
        assertThat(value(send(arguments).get(1))).isEqualTo("y");
    }

    @Test
    void shouldNotSeeWhatTheUserChangesInAnArgumentAfterTheCall() {
        byte[] users = {1};
        CallEncoder.Arguments arguments = encoder.prepare(new Object[] {users});
        arguments.detach();

        users[0] = 42;

        assertThat(value(send(arguments).getFirst())).isEqualTo(new byte[] {1});
    }

    @Test
    void shouldShareReferencesInsideAValueSoThatOthersFindThem() {
        RayObject<String> inside = expected();
        inside.complete(inline("inside"), List.of());

        CallEncoder.Arguments arguments = encoder.prepare(new Object[] {List.of(inside)});

        assertThat(parts.store().contains(inside.id())).isTrue();
        assertThat(arguments.kept()).containsOnly(inside);
    }

    @Test
    void shouldNameTheClassOfAnArgumentThatCannotBeSerialized() {
        assertThatThrownBy(() -> encoder.prepare(new Object[] {1, new Object()}))
                .isInstanceOf(ValueFormatException.class)
                .hasMessageContaining("class=java.lang.Object");
    }
}
