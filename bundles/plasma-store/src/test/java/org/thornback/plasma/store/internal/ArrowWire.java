// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import com.google.flatbuffers.FlatBufferBuilder;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import org.thornback.api.store.PlasmaId;
import org.thornback.layout.SegmentBuffer;
import org.thornback.layout.StoreProtocol;
import org.thornback.layout.arrow.ArrowProtocol;
import org.thornback.layout.arrow.FlatTable;

/** Frames of Arrow's protocol, made by the FlatBuffers library and read by our reader, over a plain socket. */
final class ArrowWire implements Closeable {
    private final SocketChannel channel;
    private final FlatTable reply = new FlatTable();

    ArrowWire(Path socket) throws IOException {
        channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
    }

    static byte[] frame(long version, long type, long length, byte[] body) {
        return ByteBuffer.allocate(StoreProtocol.HEADER_LENGTH + body.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(version)
                .putLong(type)
                .putLong(length)
                .put(body)
                .array();
    }

    static byte[] frame(int type, byte[] body) {
        return frame(0, type, body.length, body);
    }

    /** A request with one id and nothing else: contains, release, abort. */
    static byte[] ofId(int type, PlasmaId id) {
        FlatBufferBuilder builder = new FlatBufferBuilder();
        int name = builder.createByteVector(id.toBytes());
        builder.startTable(1);
        builder.addOffset(0, name, 0);
        return finish(type, builder);
    }

    static byte[] createAndSeal(PlasmaId id, byte[] data) {
        FlatBufferBuilder builder = new FlatBufferBuilder();
        int digest = builder.createByteVector(new byte[ArrowProtocol.DIGEST_LENGTH]);
        int metadata = builder.createByteVector(new byte[0]);
        int bytes = builder.createByteVector(data);
        int name = builder.createByteVector(id.toBytes());
        builder.startTable(5);
        builder.addOffset(0, name, 0);
        builder.addBoolean(1, true, false);
        builder.addOffset(2, bytes, 0);
        builder.addOffset(3, metadata, 0);
        builder.addOffset(4, digest, 0);
        return finish(ArrowProtocol.CREATE_AND_SEAL, builder);
    }

    /** Several objects with the same bytes, all or none. */
    static byte[] createAndSealBatch(List<PlasmaId> ids, byte[] data) {
        FlatBufferBuilder builder = new FlatBufferBuilder();
        int count = ids.size();
        int[] names = new int[count];
        int[] bytes = new int[count];
        int[] metadata = new int[count];
        int[] digests = new int[count];
        for (int i = 0; i < count; i++) {
            names[i] = builder.createByteVector(ids.get(i).toBytes());
            bytes[i] = builder.createByteVector(data);
            metadata[i] = builder.createByteVector(new byte[0]);
            digests[i] = builder.createByteVector(new byte[ArrowProtocol.DIGEST_LENGTH]);
        }
        int[] vectors = {
            builder.createVectorOfTables(names),
            builder.createVectorOfTables(bytes),
            builder.createVectorOfTables(metadata),
            builder.createVectorOfTables(digests)
        };
        builder.startTable(5);
        builder.addOffset(0, vectors[0], 0);
        builder.addBoolean(1, true, false);
        builder.addOffset(2, vectors[1], 0);
        builder.addOffset(3, vectors[2], 0);
        builder.addOffset(4, vectors[3], 0);
        return finish(ArrowProtocol.CREATE_AND_SEAL_BATCH, builder);
    }

    static byte[] create(PlasmaId id, long size) {
        FlatBufferBuilder builder = new FlatBufferBuilder();
        int name = builder.createByteVector(id.toBytes());
        builder.startTable(5);
        builder.addOffset(0, name, 0);
        builder.addBoolean(1, true, false);
        builder.addLong(2, size, 0);
        return finish(ArrowProtocol.CREATE, builder);
    }

    static byte[] get(long timeoutMillis, PlasmaId... ids) {
        FlatBufferBuilder builder = new FlatBufferBuilder();
        int[] names = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
            names[i] = builder.createByteVector(ids[i].toBytes());
        }
        int vector = builder.createVectorOfTables(names);
        builder.startTable(2);
        builder.addOffset(0, vector, 0);
        builder.addLong(1, timeoutMillis, 0);
        return finish(ArrowProtocol.GET, builder);
    }

    static byte[] delete(PlasmaId id) {
        FlatBufferBuilder builder = new FlatBufferBuilder();
        int vector = builder.createVectorOfTables(new int[] {builder.createByteVector(id.toBytes())});
        builder.startTable(2);
        builder.addInt(0, 1, 0);
        builder.addOffset(1, vector, 0);
        return finish(ArrowProtocol.DELETE, builder);
    }

    static byte[] empty(int type) {
        FlatBufferBuilder builder = new FlatBufferBuilder();
        builder.startTable(0);
        return finish(type, builder);
    }

    private static byte[] finish(int type, FlatBufferBuilder builder) {
        builder.finish(builder.endTable());
        return frame(type, builder.sizedByteArray());
    }

    void send(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /** Reads one reply, which must be of that type. */
    FlatTable receive(int type) throws IOException {
        ByteBuffer bytes = receiveBody(type);
        SegmentBuffer body = new SegmentBuffer();
        body.wrap(bytes);
        return reply.wrap(body, 0, bytes.remaining());
    }

    private ByteBuffer receiveBody(int type) throws IOException {
        ByteBuffer header = read(StoreProtocol.HEADER_LENGTH);
        if (header.getLong(StoreProtocol.TYPE_FIELD) != type) {
            throw new IOException("answer type=" + header.getLong(StoreProtocol.TYPE_FIELD) + ", expected " + type);
        }
        return read((int) header.getLong(StoreProtocol.LENGTH_FIELD));
    }

    /** Reads the byte that carries a descriptor; a plain socket lets the descriptor itself go. */
    void skipDescriptor() throws IOException {
        read(1);
    }

    boolean contains(PlasmaId id) throws IOException {
        send(ofId(ArrowProtocol.CONTAINS, id));
        return receive(ArrowProtocol.CONTAINS + 1).getInt(1) == 1;
    }

    List<ArrowInfo> list() throws IOException {
        send(empty(ArrowProtocol.LIST));
        return ArrowInfo.all(receiveBody(ArrowProtocol.LIST + 1));
    }

    private ByteBuffer read(int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new EOFException("the store ended the connection");
            }
        }
        return bytes.flip();
    }

    /** Whether the store has ended the connection; reads and forgets whatever it said before, and waits. */
    boolean isEnded() throws IOException {
        ByteBuffer rest = ByteBuffer.allocate(4096);
        try {
            while (channel.read(rest.clear()) >= 0) {
                // answers to what came before
            }
        } catch (IOException e) {
            return true; // reset: it was closed with bytes unread
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
