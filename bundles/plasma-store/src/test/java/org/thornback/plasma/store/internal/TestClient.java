// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.IntStream;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.thornback.api.store.PlasmaId;
import org.thornback.layout.IndexDescriptor;
import org.thornback.layout.IndexReader;
import org.thornback.layout.PinPage;
import org.thornback.layout.PinRegister;
import org.thornback.layout.RegionVersion;
import org.thornback.layout.SegmentBuffer;
import org.thornback.layout.SegmentEntryFlyweight;
import org.thornback.layout.SlotFlyweight;
import org.thornback.layout.StoreProtocol;

/** A client of the store that does one thing at a time and can be stopped between any two of them. For one thread. */
final class TestClient implements Closeable {
    private static final int BODY = StoreProtocol.HEADER_LENGTH;
    private final SocketChannel channel;
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
    private final SegmentBuffer frame = new SegmentBuffer(MemorySegment.ofBuffer(bytes));
    private final int pid;
    final long number;
    final IndexReader index;
    final PinRegister pins;
    final ManyToOneRingBuffer ring;
    final SlotFlyweight slot = new SlotFlyweight();

    /** Where an object is to be written. */
    record Place(MemorySegment segment, long offset) {}

    TestClient(Path socket) throws IOException {
        channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        frame.putInt(BODY, RegionVersion.CURRENT);
        call(StoreProtocol.OPEN, StoreProtocol.OPEN_LENGTH);
        pid = frame.getInt(BODY + StoreProtocol.OPENED_PID);
        number = frame.getLong(BODY + StoreProtocol.CLIENT_FIELD);
        int indexDescriptor = frame.getInt(BODY + StoreProtocol.OPENED_INDEX);
        int pinDescriptor = frame.getInt(BODY + StoreProtocol.OPENED_PINS);
        int ringDescriptor = frame.getInt(BODY + StoreProtocol.OPENED_RING);
        int ringLength = frame.getInt(BODY + StoreProtocol.OPENED_RING_LENGTH);
        index = new IndexReader(new SegmentBuffer(map(indexDescriptor, MapMode.READ_ONLY, IndexDescriptor.LENGTH)));
        pins = new PinRegister(
                index, new PinPage(new SegmentBuffer(map(pinDescriptor, MapMode.READ_WRITE, PinPage.LENGTH))));
        ring = new ManyToOneRingBuffer(new SegmentBuffer(map(ringDescriptor, MapMode.READ_WRITE, ringLength)));
    }

    private MemorySegment map(int descriptor, MapMode mode, long length) throws IOException {
        Path path = Path.of("/proc/" + pid + "/fd/" + descriptor);
        try (FileChannel file = mode == MapMode.READ_ONLY
                ? FileChannel.open(path)
                : FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return file.map(mode, 0, length, Arena.ofAuto());
        }
    }

    MemorySegment segment(int number) throws IOException {
        SegmentEntryFlyweight entry = index.wrap(new SegmentEntryFlyweight(), number);
        return map(entry.descriptor(), MapMode.READ_WRITE, entry.length());
    }

    /** Claims room in the ring and writes a put into it; visible to the store once committed. */
    int claim(PlasmaId id, byte[] data) {
        int record = ring.tryClaim(StoreProtocol.PUT_RECORD, StoreProtocol.CREATE_LENGTH + data.length);
        if (record > 0) {
            StoreProtocol.putId(ring.buffer(), record, id);
            ring.buffer().putInt(record + StoreProtocol.METADATA_SIZE_FIELD, 0);
            ring.buffer().putLong(record + StoreProtocol.DATA_SIZE_FIELD, data.length);
            ring.buffer().putBytes(record + StoreProtocol.CREATE_LENGTH, data);
        }
        return record;
    }

    /** Puts a small object through the ring; false when the ring is full. */
    boolean put(PlasmaId id, byte[] data) {
        int record = claim(id, data);
        if (record > 0) {
            ring.commit(record);
        }
        return record > 0;
    }

    /** Asks for room; null when the object is there already, an exception when the store is full. */
    Place create(PlasmaId id, long size) throws IOException {
        sendCreate(id, size, 0);
        return created();
    }

    void sendCreate(PlasmaId id, long dataSize, int metadataSize) throws IOException {
        StoreProtocol.putId(frame, BODY, id);
        frame.putInt(BODY + StoreProtocol.METADATA_SIZE_FIELD, metadataSize);
        frame.putLong(BODY + StoreProtocol.DATA_SIZE_FIELD, dataSize);
        send(StoreProtocol.CREATE, StoreProtocol.CREATE_LENGTH);
    }

    Place created() throws IOException {
        int length = receive();
        int error = frame.getInt(BODY);
        if (error == StoreProtocol.OBJECT_EXISTS) {
            return null;
        }
        if (error != StoreProtocol.OK) {
            byte[] text = new byte[length - StoreProtocol.CREATED_LENGTH];
            frame.getBytes(BODY + StoreProtocol.CREATED_LENGTH, text);
            throw new IOException(new String(text, StandardCharsets.UTF_8));
        }
        return new Place(
                segment(frame.getInt(BODY + StoreProtocol.CREATED_SEGMENT)),
                frame.getLong(BODY + StoreProtocol.CREATED_OFFSET));
    }

    void seal(PlasmaId id) throws IOException {
        tell(StoreProtocol.SEAL, id);
    }

    void abort(PlasmaId id) throws IOException {
        tell(StoreProtocol.ABORT, id);
    }

    private void tell(int type, PlasmaId id) throws IOException {
        StoreProtocol.putId(frame, BODY, id);
        send(type, PlasmaId.LENGTH);
    }

    int delete(PlasmaId... ids) throws IOException {
        call(StoreProtocol.DELETE, ids(ids));
        return frame.getInt(BODY);
    }

    boolean locate(PlasmaId id) throws IOException {
        sendLocate(id);
        return located();
    }

    void sendLocate(PlasmaId id) throws IOException {
        send(StoreProtocol.LOCATE, ids(id));
    }

    boolean located() throws IOException {
        receive();
        return frame.getByte(BODY) == 1;
    }

    /** Whether the store could take all that was put through the ring. */
    boolean drain() throws IOException {
        call(StoreProtocol.DRAIN, 0);
        return frame.getInt(BODY) == StoreProtocol.OK;
    }

    private int ids(PlasmaId... ids) {
        frame.putInt(BODY, ids.length);
        for (int i = 0; i < ids.length; i++) {
            StoreProtocol.putId(frame, StoreProtocol.idOffset(BODY, i), ids[i]);
        }
        return StoreProtocol.idsLength(ids.length);
    }

    /** The bytes of an object, copied while it is pinned; null when it is not here. */
    byte[] read(PlasmaId id) throws IOException {
        int entry = pins.pin(id, slot);
        if (entry < 0) {
            return null;
        }
        byte[] data = new byte[(int) slot.dataSize()];
        MemorySegment.copy(segment(slot.segment()), slot.dataOffset(), MemorySegment.ofArray(data), 0, data.length);
        pins.unpin(entry);
        return data;
    }

    private void call(int type, int length) throws IOException {
        send(type, length);
        receive();
    }

    void send(int type, int length) throws IOException {
        StoreProtocol.putHeader(frame, 0, type, length);
        bytes.clear().limit(BODY + length);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private int receive() throws IOException {
        fill(0, BODY);
        int length = (int) frame.getLong(StoreProtocol.LENGTH_FIELD);
        fill(BODY, length);
        return length;
    }

    private void fill(int from, int length) throws IOException {
        bytes.clear().position(from).limit(from + length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new EOFException("the store ended the connection");
            }
        }
    }

    static PlasmaId id(long number) {
        return new PlasmaId(number, 0, 0);
    }

    static List<PlasmaId> ids(int from, int to) {
        return IntStream.range(from, to).mapToObj(TestClient::id).toList();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
