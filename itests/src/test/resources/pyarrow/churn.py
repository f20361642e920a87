# SPDX-License-Identifier: Apache-2.0
# Copyright the Thornback authors
"""Puts, reads and deletes objects of all sizes until a file says stop; keeps some in use and reads those again. With "leave"
as its last word it deletes none: they go when the store needs their room."""
import os
import random
import sys
import time
from collections import deque

import numpy as np
import pyarrow.plasma as plasma

LARGEST = 2_000_000
KEPT = 8

client = plasma.connect(sys.argv[1])
stop = sys.argv[2]
leave = sys.argv[3:] == ["leave"]
kept = deque()
operations = 0
longest = 0.0


def pattern(size, seed):
    index = np.arange(size, dtype="uint32")
    return ((index * 31 + (index >> 8) + seed) & 0xFF).astype("uint8")


def timed(operation, *arguments):
    global operations, longest
    start = time.perf_counter()
    result = operation(*arguments)
    longest = max(longest, time.perf_counter() - start)
    operations += 1
    return result


def stored():
    return sum(entry["data_size"] for entry in client.list().values())


made = 0
most = 0
rounds = 0
while leave and made < client.store_capacity():
    client.create_and_seal(plasma.ObjectID.from_random(), bytes(LARGEST // 2))
    made += LARGEST // 2

print("running", flush=True)
while not os.path.exists(stop):
    seed = random.randrange(256)
    size = random.randrange(1, LARGEST)
    made += size
    expected = pattern(size, seed)
    object_id = plasma.ObjectID.from_random()
    buffer = timed(client.create, object_id, size)
    np.frombuffer(buffer, dtype="uint8")[:] = expected
    del buffer
    timed(client.seal, object_id)
    [view] = timed(client.get_buffers, [object_id], 1000)
    assert view is not None, "an object is gone"
    assert (np.frombuffer(view, dtype="uint8") == expected).all(), "a byte has changed"
    kept.append((object_id, view, expected))
    rounds += 1
    if leave and rounds % 16 == 0:
        most = max(most, stored())
    if len(kept) > KEPT:
        object_id, view, expected = kept.popleft()
        assert (np.frombuffer(view, dtype="uint8") == expected).all(), "a byte in use has changed"
        assert timed(client.contains, object_id), "an object in use is gone"
        del view
        if not leave:
            timed(client.delete, [object_id])
            assert not timed(client.contains, object_id), "a deleted object is there"
print("operations=%d longest=%.1f" % (operations, longest * 1000), flush=True)
print("made=%d most=%d" % (made, most), flush=True)
