# SPDX-License-Identifier: Apache-2.0
# Copyright the Thornback authors
"""Puts more than fits and reads all of it again: what was evicted must come back from the external store."""
import sys

import numpy as np
import pyarrow.plasma as plasma

OBJECTS = 30
SIZE = 4_000_000

client = plasma.connect(sys.argv[1])
ids = [plasma.ObjectID.from_random() for _ in range(OBJECTS)]
for number, object_id in enumerate(ids):
    np.frombuffer(client.create(object_id, SIZE), dtype="uint8")[:] = number
    client.seal(object_id)
assert all(client.contains(object_id) for object_id in ids)
for number, object_id in enumerate(ids):
    [buffer] = client.get_buffers([object_id], timeout_ms=10_000)
    assert buffer is not None, number
    assert (np.frombuffer(buffer, dtype="uint8") == number).all(), number
    del buffer
print("all", OBJECTS, "are whole")
