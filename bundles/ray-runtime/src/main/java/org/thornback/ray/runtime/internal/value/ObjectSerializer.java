// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.runtime.internal.value;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidClassException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.thornback.ray.runtime.internal.object.Shareable;

/**
 * Java serialization for values without a tag of their own. References and actor handles inside a value are replaced by
 * tokens; classes are looked for in the user's class loader first; what may be read is filtered. Immutable; safe from any thread.
 */
public final class ObjectSerializer {
    private final Supplier<ClassLoader> userClasses;
    private final RefTokens tokens;

    /**
     * Creates the serializer.
     *
     * @param userClasses where the program's classes are; asked at each read, because a worker learns it late.
     * @param tokens      what stands for references and handles in the bytes.
     */
    public ObjectSerializer(Supplier<ClassLoader> userClasses, RefTokens tokens) {
        this.userClasses = requireNonNull(userClasses, "userClasses");
        this.tokens = requireNonNull(tokens, "tokens");
    }

    EncodedValue write(ValueTag tag, Object value) {
        List<Shareable> refs = new ArrayList<>();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (ObjectOutputStream out = new TokenOutput(bytes, refs)) {
            out.writeObject(value);
        } catch (NotSerializableException | InvalidClassException e) {
            throw new ValueFormatException(
                    "value of class=" + value.getClass().getName() + " cannot be serialized: class=" + e.getMessage()
                            + " does not implement java.io.Serializable; implement it, or mark the field transient",
                    e);
        } catch (IOException | RuntimeException e) {
            throw new ValueFormatException(
                    "value of class=" + value.getClass().getName() + " cannot be serialized: " + e, e);
        }
        return new EncodedValue(tag, MemorySegment.ofArray(bytes.toByteArray()), List.copyOf(refs));
    }

    Object read(MemorySegment body) {
        try (ObjectInputStream in = new TokenInput(body)) {
            return in.readObject();
        } catch (ClassNotFoundException e) {
            throw new ValueFormatException(
                    "class=" + e.getMessage()
                            + " was not found while reading a value; put its jar on ray.job.code-search-path",
                    e);
        } catch (IOException | RuntimeException e) {
            throw new ValueFormatException("a value cannot be read back: " + e, e);
        }
    }

    private final class TokenOutput extends ObjectOutputStream {
        private final List<Shareable> refs;

        TokenOutput(OutputStream out, List<Shareable> refs) throws IOException {
            super(out);
            this.refs = refs;
            enableReplaceObject(true);
        }

        @Override
        protected Object replaceObject(Object object) {
            if (object instanceof Shareable ref) {
                refs.add(ref);
            }
            return tokens.toToken(object);
        }
    }

    private final class TokenInput extends ObjectInputStream {
        TokenInput(MemorySegment body) throws IOException {
            super(new SegmentInput(body));
            enableResolveObject(true);
            setObjectInputFilter(new ValueFilter(tokens, body.byteSize()));
        }

        @Override
        protected Object resolveObject(Object object) {
            return tokens.fromToken(object);
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
            String name = description.getName();
            if (ValueFilter.isOurs(name)) {
                return Class.forName(name, false, ObjectSerializer.class.getClassLoader());
            }
            try {
                return Class.forName(name, false, userClasses.get());
            } catch (ClassNotFoundException e) {
                return super.resolveClass(description); // primitives, and what only our own loader knows
            }
        }

        @Override
        protected Class<?> resolveProxyClass(String[] names) throws ClassNotFoundException {
            Class<?>[] interfaces = new Class<?>[names.length];
            for (int i = 0; i < names.length; i++) {
                interfaces[i] = Class.forName(names[i], false, userClasses.get());
            }
            return Proxy.newProxyInstance(userClasses.get(), interfaces, (proxy, method, args) -> null)
                    .getClass();
        }
    }

    private static final class SegmentInput extends InputStream {
        private final MemorySegment segment;
        private long position;

        SegmentInput(MemorySegment segment) {
            this.segment = segment;
        }

        @Override
        public int read() {
            return position < segment.byteSize() ? segment.get(ValueLayout.JAVA_BYTE, position++) & 0xff : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            long left = segment.byteSize() - position;
            if (left <= 0) {
                return length == 0 ? 0 : -1;
            }
            int count = (int) Math.min(left, length);
            MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, position, target, offset, count);
            position += count;
            return count;
        }
    }
}
