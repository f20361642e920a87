// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import java.util.Arrays;

/**
 * The free parts of one segment, and which of them to give out: the lowest address where it fits, so that memory that was
 * touched before is used again before fresh pages are.
 *
 * <p>A treap over the addresses of free blocks; each node knows the largest block below it, which makes first fit, free and
 * coalescing logarithmic whatever the fragmentation. Not thread safe: owned by the conductor.
 */
final class FreeSpace {
    private static final int NONE = 0;
    private static final int INITIAL_NODES = 64;

    private long[] offset = new long[INITIAL_NODES];
    private long[] size = new long[INITIAL_NODES];
    private long[] largest = new long[INITIAL_NODES];
    private int[] left = new int[INITIAL_NODES];
    private int[] right = new int[INITIAL_NODES];
    private int[] priority = new int[INITIAL_NODES];
    private int unusedNode = NONE;
    private int nextNode = 1;
    private int root = NONE;
    private int random = 0x2545f491;
    private int blocks;
    private long available;

    FreeSpace(long length) {
        if (length > 0) {
            insert(0, length);
            available = length;
        }
    }

    /** Bytes free, in however many blocks. */
    long available() {
        return available;
    }

    /** Length of the largest block. */
    long largest() {
        return largest[root];
    }

    /** How many blocks are free. */
    int blocks() {
        return blocks;
    }

    /**
     * Takes a block at the lowest address where it fits.
     *
     * @return where it begins, or -1 when no free block is large enough.
     */
    long allocate(long length) {
        if (length <= 0) {
            throw new IllegalArgumentException("length=" + length + " is not positive");
        }
        if (largest[root] < length) {
            return -1;
        }
        int node = root;
        while (true) {
            if (largest[left[node]] >= length) {
                node = left[node];
            } else if (size[node] >= length) {
                break;
            } else {
                node = right[node];
            }
        }
        long start = offset[node];
        if (size[node] == length) {
            root = remove(root, start);
        } else {
            offset[node] += length;
            size[node] -= length;
            refresh(root, offset[node]);
        }
        available -= length;
        return start;
    }

    /** Gives a block back; neighbours that are free become one with it. */
    void free(long start, long length) {
        long end = start + length;
        int before = floor(start);
        int after = ceiling(start);
        if (length <= 0
                || start < 0
                || before != NONE && offset[before] + size[before] > start
                || after != NONE && offset[after] < end) {
            throw new IllegalStateException("block start=" + start + " length=" + length + " is free already");
        }
        boolean joinsBefore = before != NONE && offset[before] + size[before] == start;
        boolean joinsAfter = after != NONE && offset[after] == end;
        if (joinsBefore) {
            long grown = size[before] + length + (joinsAfter ? size[after] : 0);
            if (joinsAfter) {
                root = remove(root, offset[after]);
            }
            size[before] = grown;
            refresh(root, offset[before]);
        } else if (joinsAfter) {
            offset[after] = start;
            size[after] += length;
            refresh(root, start);
        } else {
            insert(start, length);
        }
        available += length;
    }

    /** What is done with a free block. */
    interface BlockConsumer {
        void accept(long start, long end);
    }

    /** Goes over all free blocks. */
    void forEach(BlockConsumer consumer) {
        forEach(root, consumer);
    }

    private void forEach(int tree, BlockConsumer consumer) {
        if (tree != NONE) {
            forEach(left[tree], consumer);
            consumer.accept(offset[tree], offset[tree] + size[tree]);
            forEach(right[tree], consumer);
        }
    }

    /** Where the free block begins that an address lies in. */
    long blockStart(long address) {
        return offset[floor(address + 1)];
    }

    /** Where the free block ends that an address lies in. */
    long blockEnd(long address) {
        int node = floor(address + 1);
        return offset[node] + size[node];
    }

    /** The free block that begins before an address, or none. */
    private int floor(long start) {
        int found = NONE;
        for (int node = root; node != NONE; ) {
            if (offset[node] < start) {
                found = node;
                node = right[node];
            } else {
                node = left[node];
            }
        }
        return found;
    }

    private int ceiling(long start) {
        int found = NONE;
        for (int node = root; node != NONE; ) {
            if (offset[node] >= start) {
                found = node;
                node = left[node];
            } else {
                node = right[node];
            }
        }
        return found;
    }

    private void insert(long start, long length) {
        int node = newNode();
        offset[node] = start;
        size[node] = length;
        largest[node] = length;
        left[node] = NONE;
        right[node] = NONE;
        random ^= random << 13;
        random ^= random >>> 17;
        random ^= random << 5;
        priority[node] = random;
        blocks++;
        root = insert(root, node);
    }

    private int insert(int tree, int node) {
        if (tree == NONE) {
            return node;
        }
        if (offset[node] < offset[tree]) {
            left[tree] = insert(left[tree], node);
            if (priority[left[tree]] > priority[tree]) {
                return rotateRight(tree);
            }
        } else {
            right[tree] = insert(right[tree], node);
            if (priority[right[tree]] > priority[tree]) {
                return rotateLeft(tree);
            }
        }
        update(tree);
        return tree;
    }

    private int remove(int tree, long start) {
        if (offset[tree] == start) {
            int merged = merge(left[tree], right[tree]);
            left[tree] = unusedNode;
            unusedNode = tree;
            blocks--;
            return merged;
        }
        if (start < offset[tree]) {
            left[tree] = remove(left[tree], start);
        } else {
            right[tree] = remove(right[tree], start);
        }
        update(tree);
        return tree;
    }

    private int merge(int low, int high) {
        if (low == NONE || high == NONE) {
            return low == NONE ? high : low;
        }
        if (priority[low] > priority[high]) {
            right[low] = merge(right[low], high);
            update(low);
            return low;
        }
        left[high] = merge(low, left[high]);
        update(high);
        return high;
    }

    private void refresh(int tree, long start) {
        if (start < offset[tree]) {
            refresh(left[tree], start);
        } else if (start > offset[tree]) {
            refresh(right[tree], start);
        }
        update(tree);
    }

    private int rotateRight(int tree) {
        int top = left[tree];
        left[tree] = right[top];
        right[top] = tree;
        update(tree);
        update(top);
        return top;
    }

    private int rotateLeft(int tree) {
        int top = right[tree];
        right[tree] = left[top];
        left[top] = tree;
        update(tree);
        update(top);
        return top;
    }

    private void update(int tree) {
        largest[tree] = Math.max(size[tree], Math.max(largest[left[tree]], largest[right[tree]]));
    }

    private int newNode() {
        if (unusedNode != NONE) {
            int node = unusedNode;
            unusedNode = left[node];
            return node;
        }
        if (nextNode == offset.length) {
            int length = nextNode * 2;
            offset = Arrays.copyOf(offset, length);
            size = Arrays.copyOf(size, length);
            largest = Arrays.copyOf(largest, length);
            left = Arrays.copyOf(left, length);
            right = Arrays.copyOf(right, length);
            priority = Arrays.copyOf(priority, length);
        }
        return nextNode++;
    }
}
