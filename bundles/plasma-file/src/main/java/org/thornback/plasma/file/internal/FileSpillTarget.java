// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.file.internal;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.thornback.api.config.Configuration;
import org.thornback.api.config.OptionCatalogue;
import org.thornback.api.session.Session;
import org.thornback.api.store.SpillTarget;

/**
 * One nameless file in the session's directory or where the user wants it: it goes with the process, so that nothing is left to
 * be cleaned. Made when the first object comes. The owner of the table of what is free in it; safe from any thread.
 */
@Component
public final class FileSpillTarget implements SpillTarget {
    private static final int CHUNK = 64 << 20;

    private final Path directory;
    private final TreeMap<Long, Long> free = new TreeMap<>();
    private FileChannel file;
    private long end;

    /**
     * Makes no file yet.
     *
     * @param session       has a directory.
     * @param configuration may name another one.
     */
    @Activate
    public FileSpillTarget(@Reference Session session, @Reference Configuration configuration) {
        this(configuration
                .find(OptionCatalogue.OBJECT_SPILLING_DIRECTORY)
                .map(Path::of)
                .orElse(session.directory()));
    }

    FileSpillTarget(Path directory) {
        this.directory = requireNonNull(directory, "directory");
    }

    @Override
    public long write(MemorySegment bytes) throws IOException {
        FileChannel channel;
        long place;
        synchronized (this) {
            channel = file();
            place = allocate(bytes.byteSize());
        }
        try {
            for (long done = 0; done < bytes.byteSize(); ) {
                ByteBuffer chunk = chunk(bytes, done);
                while (chunk.hasRemaining()) {
                    done += channel.write(chunk, place + done);
                }
            }
            return place;
        } catch (IOException e) {
            free(place, bytes.byteSize());
            throw e;
        }
    }

    @Override
    public void read(long place, MemorySegment into) throws IOException {
        for (long done = 0; done < into.byteSize(); ) {
            int count = file.read(chunk(into, done), place + done);
            if (count < 0) {
                throw new IOException("the spill file in " + directory + " ends at " + (place + done));
            }
            done += count;
        }
    }

    private static ByteBuffer chunk(MemorySegment bytes, long from) {
        return bytes.asSlice(from, Math.min(CHUNK, bytes.byteSize() - from)).asByteBuffer();
    }

    @Override
    public synchronized void free(long place, long length) {
        long start = place;
        long stop = place + length;
        Map.Entry<Long, Long> before = free.floorEntry(place);
        if (before != null && before.getValue() == place) {
            start = before.getKey();
        }
        Long after = free.remove(stop);
        if (after != null) {
            stop = after;
        }
        free.put(start, stop);
        if (stop == end) {
            free.remove(start);
            shrink(start);
        }
    }

    private void shrink(long length) {
        end = length;
        try {
            file.truncate(length);
        } catch (IOException e) {
            // the bytes behind are used again; they only cost room
        }
    }

    private long allocate(long length) {
        for (Map.Entry<Long, Long> block : free.entrySet()) {
            long start = block.getKey();
            long stop = block.getValue();
            if (stop - start >= length) {
                free.remove(start);
                if (start + length < stop) {
                    free.put(start + length, stop);
                }
                return start;
            }
        }
        long place = end;
        end += length;
        return place;
    }

    private FileChannel file() throws IOException {
        if (file == null) {
            Files.createDirectories(directory);
            Path name = directory.resolve("spill-" + ProcessHandle.current().pid() + "-" + System.nanoTime());
            // the JDK takes the name away as soon as the file is open
            file = FileChannel.open(
                    name,
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE);
        }
        return file;
    }
}
