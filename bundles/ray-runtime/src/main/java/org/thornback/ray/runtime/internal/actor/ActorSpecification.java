// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.actor;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;
import org.thornback.ray.runtime.internal.function.FunctionDescriptor;

/**
 * What a worker needs to construct an actor: written by its creator, kept by the raylet, which does not look inside.
 *
 * @param constructor of the actor, or a factory method.
 * @param call        a PushTask message with the arguments.
 * @param groups      its concurrency groups beside the default one.
 */
public record ActorSpecification(FunctionName constructor, byte[] call, List<Group> groups) implements Serializable {

    /** Checks that nothing is missing. */
    public ActorSpecification {
        requireNonNull(constructor, "constructor");
        requireNonNull(call, "call");
        groups = List.copyOf(groups);
    }

    /**
     * A function descriptor that can be serialized.
     *
     * @param className  binary name.
     * @param methodName name.
     * @param descriptor types.
     */
    public record FunctionName(String className, String methodName, String descriptor) implements Serializable {

        /**
         * Makes one.
         *
         * @param function to name.
         * @return its name.
         */
        public static FunctionName of(FunctionDescriptor function) {
            return new FunctionName(function.className(), function.methodName(), function.descriptor());
        }

        /**
         * Turns it back.
         *
         * @return the descriptor.
         */
        public FunctionDescriptor descriptorOf() {
            return new FunctionDescriptor(className, methodName, descriptor);
        }
    }

    /**
     * A concurrency group.
     *
     * @param name           of the group.
     * @param maxConcurrency calls of it that may run at once.
     * @param methods        that belong to it, beside those that name it themselves.
     */
    public record Group(String name, int maxConcurrency, List<FunctionName> methods) implements Serializable {}

    /**
     * Encodes it.
     *
     * @return bytes for {@link #decode}.
     */
    public byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256 + call.length);
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(this);
        } catch (IOException e) {
            throw new UncheckedIOException("an actor specification cannot be written", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Decodes one.
     *
     * @param bytes of {@link #encode}.
     * @return the specification.
     */
    public static ActorSpecification decode(byte[] bytes) {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return (ActorSpecification) in.readObject();
        } catch (IOException e) {
            throw new UncheckedIOException("an actor specification cannot be read", e);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("an actor specification is of another version: " + e.getMessage(), e);
        }
    }
}
