// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.programs;

import io.ray.api.ObjectRef;
import io.ray.api.Ray;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Puts more objects than fit at once, of odd sizes, and reads them here, in tasks, and in place. */
public final class LargeObjects {
    private static final int ROUNDS = 40;
    private static final int SIZE = 5_000_001;

    private LargeObjects() {}

    static byte[] bytes(int size, int seed) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i * 31 + seed);
        }
        return bytes;
    }

    static boolean isWhole(byte[] bytes, int seed) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != (byte) (i * 31 + seed)) {
                return false;
            }
        }
        return true;
    }

    static ByteBuffer buffer(int size, int seed) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(size);
        return buffer.put(bytes(size, seed)).flip();
    }

    private static boolean isWholeBuffer(ByteBuffer buffer, int seed) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(0, bytes);
        return isWhole(bytes, seed);
    }

    public static void main(String[] arguments) {
        Ray.init();
        int whole = 0;
        for (int round = 0; round < ROUNDS; round++) {
            int size = SIZE + round * 1013;
            ObjectRef<byte[]> put = Ray.put(bytes(size, round));
            List<ObjectRef<Boolean>> checks = new ArrayList<>();
            checks.add(Ray.task(LargeObjects::isWhole, put, round).remote());
            ObjectRef<byte[]> made = Ray.task(LargeObjects::bytes, size, round).remote();
            ObjectRef<ByteBuffer> seen =
                    Ray.task(LargeObjects::buffer, size, round).remote();
            boolean all = isWhole(put.get(), round) && isWhole(made.get(), round) && isWholeBuffer(seen.get(), round);
            for (ObjectRef<Boolean> check : checks) {
                all &= check.get();
            }
            whole += all ? 1 : 0;
        }
        System.out.println("whole=" + whole + " of " + ROUNDS);
        Ray.shutdown();
    }
}
