// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.owner;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.thornback.layout.SegmentBuffer;
import org.thornback.layout.message.ArgumentKind;
import org.thornback.layout.message.Bool;
import org.thornback.layout.message.MessageHeaderEncoder;
import org.thornback.layout.message.PushTaskEncoder;
import org.thornback.ray.runtime.internal.function.Function;
import org.thornback.ray.runtime.internal.object.ObjectAccess;
import org.thornback.ray.runtime.internal.object.Outcome;
import org.thornback.ray.runtime.internal.object.RayObject;
import org.thornback.ray.runtime.internal.object.Shareable;
import org.thornback.ray.runtime.internal.value.EncodedValue;
import org.thornback.ray.runtime.internal.value.ValueCodec;

/**
 * Turns arguments into the message of a call. Immutable; safe from any thread.
 *
 * <ul>
 *   <li>A reference given as an argument is passed as its value: inline when it is small and known here, else by id.
 *   <li>A value over {@link ObjectAccess#MAX_INLINE} goes to the store first.
 * </ul>
 */
public final class CallEncoder {
    private static final byte[] NO_METADATA = {};

    private final ValueCodec codec;
    private final ObjectAccess objects;

    /** One argument, encoded or waiting for its outcome. */
    private sealed interface Argument {
        record Value(byte[] metadata, MemorySegment body) implements Argument {}

        record Reference(RayObject<?> object) implements Argument {}
    }

    /**
     * Arguments whose values are encoded and whose references may still be pending.
     */
    public static final class Arguments {
        private final List<Argument> list;
        private final List<Shareable> kept;

        private Arguments(List<Argument> list, List<Shareable> kept) {
            this.list = list;
            this.kept = kept;
        }

        /**
         * What the arguments refer to.
         *
         * @return to be held until the call is over.
         */
        public List<Shareable> kept() {
            return kept;
        }

        /**
         * References of this process that have no outcome yet.
         *
         * @return mostly empty.
         */
        public List<RayObject<?>> pending() {
            List<RayObject<?>> pending = List.of();
            for (Argument argument : list) {
                if (argument instanceof Argument.Reference(RayObject<?> object)
                        && object.owned()
                        && object.outcome() == null) {
                    if (pending.isEmpty()) {
                        pending = new ArrayList<>(list.size());
                    }
                    pending.add(object);
                }
            }
            return pending;
        }

        /** Copies what may be the user's own memory: the message is made later, and the user may change it before. */
        public void detach() {
            list.replaceAll(argument -> argument instanceof Argument.Value(byte[] metadata, MemorySegment body)
                    ? new Argument.Value(metadata, MemorySegment.ofArray(body.toArray(ValueLayout.JAVA_BYTE)))
                    : argument);
        }
    }

    /**
     * Joins the parts.
     *
     * @param codec   turns values into bytes.
     * @param objects stores large values.
     */
    public CallEncoder(ValueCodec codec, ObjectAccess objects) {
        this.codec = requireNonNull(codec, "codec");
        this.objects = requireNonNull(objects, "objects");
    }

    /**
     * Encodes values and collects references.
     *
     * @param arguments of the call.
     * @return to be made a message when no reference is pending any more.
     */
    public Arguments prepare(Object[] arguments) {
        List<Argument> list = new ArrayList<>(arguments.length);
        List<Shareable> kept = arguments.length == 0 ? List.of() : new ArrayList<>(2);
        for (Object argument : arguments) {
            if (argument instanceof RayObject<?> object) {
                kept.add(object);
                list.add(new Argument.Reference(object));
            } else {
                list.add(encode(argument, kept));
            }
        }
        return new Arguments(list, kept);
    }

    private Argument encode(Object argument, List<Shareable> kept) {
        EncodedValue value = codec.encode(argument);
        if (value.size() > ObjectAccess.MAX_INLINE) {
            RayObject<?> stored = objects.put(value);
            kept.add(stored);
            return new Argument.Reference(stored);
        }
        value.refs().forEach(Shareable::share);
        kept.addAll(value.refs());
        return new Argument.Value(value.tag().metadata(), value.body());
    }

    /**
     * Makes the message.
     *
     * @param taskId           24 bytes.
     * @param function         to run.
     * @param actorCall        on the worker's actor rather than by itself.
     * @param arguments        none of them pending.
     * @param name             the user's name for the task, or empty.
     * @param concurrencyGroup to run in, or empty.
     * @return SBE header and PushTask.
     */
    public byte[] encode(
            byte[] taskId,
            Function function,
            boolean actorCall,
            Arguments arguments,
            String name,
            String concurrencyGroup) {
        List<Argument.Value> values = new ArrayList<>(arguments.list.size());
        List<ArgumentKind> kinds = new ArrayList<>(arguments.list.size());
        for (Argument argument : arguments.list) {
            ArgumentKind kind = kind(argument);
            kinds.add(kind);
            values.add(kind == ArgumentKind.VALUE ? value(argument) : id(argument));
        }
        byte[] message = new byte[length(values, name, concurrencyGroup)];
        SegmentBuffer buffer = new SegmentBuffer(MemorySegment.ofArray(message));
        PushTaskEncoder encoder = new PushTaskEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .callId(0)
                .putTaskId(taskId, 0)
                .functionId(function.id())
                .actorCall(actorCall ? Bool.YES : Bool.NO)
                .retry((short) 0);
        PushTaskEncoder.ArgumentsEncoder group = encoder.argumentsCount(values.size());
        for (int i = 0; i < values.size(); i++) {
            Argument.Value value = values.get(i);
            group.next()
                    .kind(kinds.get(i))
                    .putMetadata(value.metadata(), 0, value.metadata().length)
                    .putBody(new SegmentBuffer(value.body()), 0, (int)
                            value.body().byteSize());
        }
        encoder.name(name).concurrencyGroup(concurrencyGroup);
        return message;
    }

    private static ArgumentKind kind(Argument argument) {
        return argument instanceof Argument.Reference(RayObject<?> object)
                        && !(object.outcome() instanceof Outcome.Inline)
                ? ArgumentKind.IN_STORE
                : ArgumentKind.VALUE;
    }

    private static Argument.Value value(Argument argument) {
        return switch (argument) {
            case Argument.Value value -> value;
            case Argument.Reference(RayObject<?> object) -> {
                Outcome.Inline inline = (Outcome.Inline) object.outcome();
                yield new Argument.Value(inline.tag().metadata(), MemorySegment.ofArray(inline.body()));
            }
        };
    }

    private static Argument.Value id(Argument argument) {
        RayObject<?> object = ((Argument.Reference) argument).object();
        return new Argument.Value(NO_METADATA, MemorySegment.ofArray(object.id()));
    }

    private static int length(List<Argument.Value> values, String name, String group) {
        int length = MessageHeaderEncoder.ENCODED_LENGTH
                + PushTaskEncoder.BLOCK_LENGTH
                + PushTaskEncoder.ArgumentsEncoder.HEADER_SIZE
                + PushTaskEncoder.nameHeaderLength()
                + name.getBytes(StandardCharsets.UTF_8).length
                + PushTaskEncoder.concurrencyGroupHeaderLength()
                + group.getBytes(StandardCharsets.UTF_8).length;
        for (Argument.Value value : values) {
            length += PushTaskEncoder.ArgumentsEncoder.sbeBlockLength()
                    + PushTaskEncoder.ArgumentsEncoder.metadataHeaderLength()
                    + value.metadata().length
                    + PushTaskEncoder.ArgumentsEncoder.bodyHeaderLength();
            length = Math.addExact(length, Math.toIntExact(value.body().byteSize()));
        }
        return length;
    }
}
