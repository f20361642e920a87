// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.programs;

import io.ray.api.ObjectRef;
import io.ray.api.Ray;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Runs tasks that hold a CPU each until a file says stop; a result that is wrong, or a task that fails, ends it at once. */
public final class Steady {
    private static final int AT_ONCE = 30;
    private static final long WORK_NANOS = 20_000_000;
    private static final long REST_NANOS = 80_000_000; // an owner gives leases back that it has not used for 50 ms

    private Steady() {}

    /** A task: takes its time and answers with what it was given. */
    public static int work(int number) {
        for (long end = System.nanoTime() + WORK_NANOS; System.nanoTime() < end; ) {
            LockSupport.parkNanos(WORK_NANOS); // it is the lease that counts, not what is done with it
        }
        return number;
    }

    public static void main(String[] arguments) {
        Ray.init();
        Path stop = Path.of(System.getProperty("churn.stop"));
        int number = 0;
        long longest = 0;
        do {
            long start = System.nanoTime();
            List<ObjectRef<Integer>> results = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                results.add(Ray.task(Steady::work, number + i)
                        .setResource("CPU", 1.0)
                        .remote());
            }
            for (ObjectRef<Integer> result : results) {
                if (result.get() != number++) {
                    throw new IllegalStateException("a task answered wrongly before " + number);
                }
            }
            if (number > AT_ONCE) {
                longest = Math.max(longest, System.nanoTime() - start);
            } else {
                System.out.println("running");
            }
            LockSupport.parkNanos(REST_NANOS);
        } while (!Files.exists(stop));
        System.out.printf("operations=%d longest=%.1f%n", number, longest / 1e6);
        Ray.shutdown();
    }
}
