# SPDX-License-Identifier: Apache-2.0
# Copyright the Thornback authors
"""Checks the objects of a Java program, given as NAME=HEX with their sizes, then makes one under the id it was told."""
import sys

import numpy as np
import pyarrow.plasma as plasma

SIZES = {"put-small": 10, "put-large": 3_000_000, "task-small": 1000, "task-large": 2_000_000}
BYTES_TAG = b"\0"

client = plasma.connect(sys.argv[1])
for word in sys.argv[3:]:
    name, digits = word.split("=")
    object_id = plasma.ObjectID(bytes.fromhex(digits))
    assert client.contains(object_id), name
    [buffer] = client.get_buffers([object_id], timeout_ms=0)
    data = np.frombuffer(buffer, dtype="uint8")
    assert len(data) == SIZES[name], (name, len(data))
    assert (data == np.arange(len(data)) % 251).all(), name
    assert bytes(client.get_metadata([object_id])[0]) == BYTES_TAG, name
    print("saw", name)
own = plasma.ObjectID(bytes.fromhex(sys.argv[2]))
np.frombuffer(client.create(own, 200_000, b"from python"), dtype="uint8")[:] = 3
client.seal(own)
print("made", own.binary().hex())
