// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.ray.program;

/** What a program calls: static and instance methods, inherited, overridden and annotated ones. */
public class Counter implements Watched {
    private int count;

    /** Inherits all but what it overrides. */
    public static class Doubling extends Counter {

        /** Starts at a count. */
        public Doubling(int count) {
            super(count);
        }

        @Override
        public int add(int more) {
            return super.add(2 * more);
        }
    }

    /** Starts at a count. */
    public Counter(int count) {
        this.count = count;
    }

    /** Adds. */
    public int add(int more) {
        count += more;
        return count;
    }

    @Override
    public int read() {
        return count;
    }

    /** Squares. */
    public static int square(int number) {
        return number * number;
    }

    /** Throws. */
    public static int fail(String message) {
        throw new IllegalStateException(message);
    }
}
