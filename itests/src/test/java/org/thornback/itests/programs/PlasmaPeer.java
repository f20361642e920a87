// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.programs;

import io.ray.api.ObjectRef;
import io.ray.api.Ray;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.thornback.ray.Plasma;

/** Shares objects with a Python program: shows its own, then waits for one whose id it was told. */
public final class PlasmaPeer {
    private static final List<ObjectRef<byte[]>> SHOWN = new ArrayList<>();

    private PlasmaPeer() {}

    static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i % 251);
        }
        return bytes;
    }

    static int sum(byte[] bytes) {
        int sum = 0;
        for (byte one : bytes) {
            sum += one & 0xff;
        }
        return sum;
    }

    /** Shows objects of this program and of tasks, then reads what the other made, here and in a task. */
    public static void main(String[] arguments) {
        Ray.init();
        show("put-small", Ray.put(bytes(10)));
        show("put-large", Ray.put(bytes(3_000_000)));
        show("task-small", Ray.task(PlasmaPeer::bytes, 1000).remote());
        show("task-large", Ray.task(PlasmaPeer::bytes, 2_000_000).remote());
        System.out.println("shown");
        ObjectRef<byte[]> ref = Plasma.ref(HexFormat.of().parseHex(System.getProperty("plasma.id")));
        byte[] value = ref.get();
        int inTask = Ray.task(PlasmaPeer::sum, ref).remote().get();
        String metadata = new String(Plasma.metadata(ref), StandardCharsets.UTF_8);
        System.out.println("read " + value.length + " " + sum(value) + " " + inTask + " " + metadata + " "
                + HexFormat.of().formatHex(Plasma.id(ref)));
        Ray.shutdown();
    }

    private static void show(String name, ObjectRef<byte[]> ref) {
        System.out.println(name + "=" + HexFormat.of().formatHex(Plasma.id(ref)));
        SHOWN.add(ref);
    }
}
