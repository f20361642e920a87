// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.layout.arrow;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.flatbuffers.FlatBufferBuilder;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.thornback.api.store.PlasmaId;
import org.thornback.layout.StoreProtocol;

/**
 * Writes what the store says to Arrow's clients, each as one whole frame in native memory. For one thread; each message
 * overwrites the one before. Allocates nothing unless a message is longer than any before it.
 */
public final class ArrowWriter {
    private static final int HOME_LENGTH = 64 << 10;
    private static final int SPEC_LENGTH = 48;
    private static final int SPEC_PADDING = 4;
    private static final int ALIGNMENT = 8;

    /** Room for header and what finishing may add, made sure of before a message is finished. */
    private static final int HEAD_ROOM = 64;

    private final ByteBuffer home = allocate(HOME_LENGTH);
    private final long homeAddress = MemorySegment.ofBuffer(home).address();
    private final FlatBufferBuilder builder = new FlatBufferBuilder(home, new Growing());
    private ByteBuffer bytes = home;
    private int position;
    private int length;
    private int[] offsets = new int[64];
    private int infos;

    /** An ArrowWriter with nothing written. */
    public ArrowWriter() {
        // the buffer is there
    }

    private static final class Growing extends FlatBufferBuilder.ByteBufferFactory {
        @Override
        public ByteBuffer newByteBuffer(int capacity) {
            return allocate(capacity);
        }
    }

    private static ByteBuffer allocate(int capacity) {
        return Arena.ofAuto().allocate(capacity, ALIGNMENT).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Where the frame begins.
     *
     * @return its native address, valid until the next message.
     */
    public long address() {
        return (bytes == home ? homeAddress : MemorySegment.ofBuffer(bytes).address() - bytes.position()) + position;
    }

    /**
     * The frame as memory.
     *
     * @return valid until the next message.
     */
    public MemorySegment frame() {
        return MemorySegment.ofBuffer(bytes.duplicate().clear()).asSlice(position, length);
    }

    /**
     * Length of the frame.
     *
     * @return bytes.
     */
    public int length() {
        return length;
    }

    /**
     * A reply that consists of an error, or of nothing when its first field is left out.
     *
     * @param request type it answers.
     * @param error   one of those in {@link ArrowProtocol}.
     */
    public void error(int request, int error) {
        begin();
        builder.startTable(1);
        builder.addInt(0, error, 0);
        finish(request + 1, builder.endTable());
    }

    /**
     * A reply that consists of an id.
     *
     * @param request type it answers.
     * @param id      of the object.
     */
    public void id(int request, PlasmaId id) {
        idAndNumber(request, id, 0);
    }

    /**
     * A reply that consists of an id and a number: an error, or whether it is there.
     *
     * @param request type it answers.
     * @param id      of the object.
     * @param number  to say.
     */
    public void idAndNumber(int request, PlasmaId id, int number) {
        begin();
        int name = string(id);
        builder.startTable(2);
        builder.addOffset(0, name, 0);
        builder.addInt(1, number, 0);
        finish(request + 1, builder.endTable());
    }

    /**
     * A reply that consists of a long number: capacity, or bytes evicted.
     *
     * @param request type it answers.
     * @param number  to say.
     */
    public void number(int request, long number) {
        begin();
        builder.startTable(1);
        builder.addLong(0, number, 0);
        finish(request + 1, builder.endTable());
    }

    /**
     * A reply that consists of text.
     *
     * @param request type it answers.
     * @param text    to say.
     */
    public void text(int request, String text) {
        begin();
        int string = builder.createString(ByteBuffer.wrap(text.getBytes(UTF_8)));
        builder.startTable(1);
        builder.addOffset(0, string, 0);
        finish(request + 1, builder.endTable());
    }

    /**
     * The reply to a create that succeeded.
     *
     * @param id            of the object.
     * @param segment       number of its segment.
     * @param segmentLength bytes of it.
     * @param offset        where the data begin in it.
     * @param dataSize      bytes of data.
     * @param metadataSize  bytes of metadata.
     */
    public void created(PlasmaId id, int segment, long segmentLength, long offset, long dataSize, int metadataSize) {
        create(id, ArrowProtocol.OK, segment, segmentLength + ArrowProtocol.MMAP_GAP, offset, dataSize, metadataSize);
    }

    /**
     * The reply to a create that failed.
     *
     * @param id    of the object.
     * @param error why.
     */
    public void notCreated(PlasmaId id, int error) {
        create(id, error, -1, 0, 0, 0, 0);
    }

    private void create(
            PlasmaId id, int error, int segment, long mmapSize, long offset, long dataSize, int metadataSize) {
        begin();
        int name = string(id);
        builder.startTable(6);
        builder.addLong(4, mmapSize, 0);
        spec(segment, offset, dataSize, metadataSize);
        builder.addStruct(1, builder.offset(), 0);
        builder.addOffset(0, name, 0);
        builder.addInt(2, error, 0);
        builder.addInt(3, segment, 0);
        finish(ArrowProtocol.CREATE + 1, builder.endTable());
    }

    /**
     * The reply to a get.
     *
     * @param found what was asked for.
     */
    public void got(FoundObjects found) {
        begin();
        int count = found.count();
        builder.startVector(Integer.BYTES, 0, Integer.BYTES);
        int handles = builder.endVector();
        builder.startVector(Long.BYTES, found.segments(), ALIGNMENT);
        for (int i = found.segments() - 1; i >= 0; i--) {
            builder.addLong(found.segmentLength(i) + ArrowProtocol.MMAP_GAP);
        }
        int mmapSizes = builder.endVector();
        builder.startVector(Integer.BYTES, found.segments(), Integer.BYTES);
        for (int i = found.segments() - 1; i >= 0; i--) {
            builder.addInt(found.segmentNumber(i));
        }
        int storeFds = builder.endVector();
        builder.startVector(SPEC_LENGTH, count, ALIGNMENT);
        for (int i = count - 1; i >= 0; i--) {
            if (found.isFound(i)) {
                spec(found.segment(i), found.offset(i), found.dataSize(i), found.metadataSize(i));
            } else {
                spec(-1, 0, -1, 0);
            }
        }
        int objects = builder.endVector();
        reserveOffsets(count);
        for (int i = 0; i < count; i++) {
            offsets[i] = string(found.id(i));
        }
        int ids = offsetVector(count);
        builder.startTable(5);
        builder.addOffset(0, ids, 0);
        builder.addOffset(1, objects, 0);
        builder.addOffset(2, storeFds, 0);
        builder.addOffset(3, mmapSizes, 0);
        builder.addOffset(4, handles, 0);
        finish(ArrowProtocol.GET + 1, builder.endTable());
    }

    /**
     * The reply to a delete.
     *
     * @param ids    asked for.
     * @param errors one for each.
     */
    public void deleted(PlasmaId[] ids, int[] errors) {
        begin();
        reserveOffsets(ids.length);
        for (int i = 0; i < ids.length; i++) {
            offsets[i] = string(ids[i]);
        }
        int names = offsetVector(ids.length);
        builder.startVector(Integer.BYTES, ids.length, Integer.BYTES);
        for (int i = ids.length - 1; i >= 0; i--) {
            builder.addInt(errors[i]);
        }
        int codes = builder.endVector();
        builder.startTable(3);
        builder.addInt(0, ids.length, 0);
        builder.addOffset(1, names, 0);
        builder.addOffset(2, codes, 0);
        finish(ArrowProtocol.DELETE + 1, builder.endTable());
    }

    /** Begins a list or a notification; {@link #info} follows for each object. */
    public void beginInfos() {
        begin();
        infos = 0;
    }

    /**
     * Adds an object to a list.
     *
     * @param id           of the object.
     * @param dataSize     bytes of data.
     * @param metadataSize bytes of metadata.
     * @param references   how many use it.
     * @param createdMillis when it was created, since 1970.
     * @param sealedMillis when it was sealed, since 1970; 0 when it is not.
     * @param digest       of a sealed one.
     * @param deletion     whether it is gone.
     */
    public void info(
            PlasmaId id,
            long dataSize,
            int metadataSize,
            int references,
            long createdMillis,
            long sealedMillis,
            long digest,
            boolean deletion) {
        int name = string(id);
        builder.addByte((byte) 0);
        builder.startVector(1, sealedMillis == 0 ? 0 : Long.BYTES, 1);
        if (sealedMillis != 0) {
            builder.putLong(digest);
        }
        int hash = builder.endVector();
        builder.startTable(8);
        builder.addLong(1, dataSize, 0);
        builder.addLong(2, metadataSize, 0);
        builder.addLong(4, createdMillis / 1000, 0);
        builder.addLong(5, sealedMillis == 0 ? -1 : (sealedMillis - createdMillis) / 1000, 0);
        builder.addOffset(0, name, 0);
        builder.addInt(3, references, 0);
        builder.addOffset(6, hash, 0);
        builder.addBoolean(7, deletion, false);
        reserveOffsets(infos + 1);
        offsets[infos++] = builder.endTable();
    }

    /** Ends the reply to a list. */
    public void endList() {
        finish(ArrowProtocol.LIST + 1, infos());
    }

    /** Ends a notification: a frame of another shape, its length before it. */
    public void endNotification() {
        finish(infos());
        position -= Long.BYTES;
        bytes.putLong(position, length);
        length += Long.BYTES;
    }

    private int infos() {
        int vector = offsetVector(infos);
        builder.startTable(1);
        builder.addOffset(0, vector, 0);
        return builder.endTable();
    }

    private void begin() {
        if (bytes != home) {
            bytes = home;
            builder.init(home, new Growing());
        }
        builder.clear();
    }

    private void finish(int type, int root) {
        finish(root);
        position -= StoreProtocol.HEADER_LENGTH;
        bytes.putLong(position, StoreProtocol.FRAME_VERSION);
        bytes.putLong(position + StoreProtocol.TYPE_FIELD, type);
        bytes.putLong(position + StoreProtocol.LENGTH_FIELD, length);
        length += StoreProtocol.HEADER_LENGTH;
    }

    private void finish(int root) {
        builder.prep(ALIGNMENT, HEAD_ROOM);
        builder.finish(root);
        bytes = builder.dataBuffer();
        position = bytes.position();
        length = bytes.remaining();
    }

    private int string(PlasmaId id) {
        builder.addByte((byte) 0); // what a C string ends with
        builder.startVector(1, PlasmaId.LENGTH, 1);
        builder.putInt(id.third());
        builder.putLong(id.second());
        builder.putLong(id.first());
        return builder.endVector();
    }

    private void spec(int segment, long offset, long dataSize, int metadataSize) {
        builder.prep(ALIGNMENT, SPEC_LENGTH);
        builder.pad(SPEC_PADDING);
        builder.putInt(0);
        builder.putLong(metadataSize);
        builder.putLong(offset + Math.max(0, dataSize));
        builder.putLong(dataSize);
        builder.putLong(offset);
        builder.pad(SPEC_PADDING);
        builder.putInt(segment);
    }

    private int offsetVector(int count) {
        builder.startVector(Integer.BYTES, count, Integer.BYTES);
        for (int i = count - 1; i >= 0; i--) {
            builder.addOffset(offsets[i]);
        }
        return builder.endVector();
    }

    private void reserveOffsets(int count) {
        if (count > offsets.length) {
            offsets = Arrays.copyOf(offsets, Math.max(count, offsets.length * 2));
        }
    }
}
