# SPDX-License-Identifier: Apache-2.0
# Copyright the Thornback authors
"""Arrow's own client of the Plasma store, put to whichever store listens at the socket given."""

import os
import statistics
import sys
import time
import warnings

warnings.simplefilter("ignore")

import numpy
import pyarrow.plasma as plasma

OBJECTS = 3000
MIB = 1 << 20
ROUNDS = 2


def new_id():
    return plasma.ObjectID(os.urandom(20))


def figure(name, number, value):
    print("FIGURE %s %d %.3f" % (name, number, value), flush=True)


def median_micros(name, number, action, ids):
    times = []
    for one in ids:
        begin = time.perf_counter_ns()
        action(one)
        times.append(time.perf_counter_ns() - begin)
    figure(name, number, statistics.median(times) / 1e3)


def create_and_seal(client):
    def action(one):
        client.create(one, 64)
        client.seal(one)

    return action


def small(client, number):
    ids = [new_id() for _ in range(OBJECTS)]
    median_micros("create+seal", number, create_and_seal(client), ids)
    median_micros("get", number, lambda one: client.get_buffers([one]), ids)
    median_micros("contains", number, client.contains, ids)
    median_micros("delete", number, lambda one: client.delete([one]), ids)


def large(client, number, mebibytes):
    source = numpy.ones(mebibytes * MIB, dtype=numpy.uint8)
    times = []
    for _ in range(max(5, min(100, 512 // mebibytes))):
        one = new_id()
        begin = time.perf_counter_ns()
        buffer = client.create(one, source.nbytes)
        numpy.frombuffer(buffer, dtype=numpy.uint8)[:] = source
        del buffer
        client.seal(one)
        times.append(time.perf_counter_ns() - begin)
        client.delete([one])
    figure("put.%d" % mebibytes, number, source.nbytes / statistics.median(times))


def fresh(client, mebibytes, count):
    source = numpy.ones(mebibytes * MIB, dtype=numpy.uint8)
    times = []
    for _ in range(count):
        one = new_id()
        begin = time.perf_counter_ns()
        buffer = client.create(one, source.nbytes)
        numpy.frombuffer(buffer, dtype=numpy.uint8)[:] = source
        del buffer
        client.seal(one)
        times.append(time.perf_counter_ns() - begin)
    figure("fresh.%d" % mebibytes, 1, source.nbytes * count / sum(times))


client = plasma.connect(sys.argv[1])
if sys.argv[2:] == ["large"]:
    small(client, 0)  # warms the store up, in memory of a few pages
    # Memory nobody touched before comes first, and only once.
    fresh(client, 16, 32)
    fresh(client, 256, 3)
    for number in range(ROUNDS + 1):
        for mebibytes in (16, 256):
            large(client, number, mebibytes)
else:
    for number in range(ROUNDS + 1):
        small(client, number)
        for mebibytes in (1, 16, 256):
            large(client, number, mebibytes)
