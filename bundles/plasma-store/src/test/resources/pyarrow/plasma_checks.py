# SPDX-License-Identifier: Apache-2.0
# Copyright the Thornback authors
"""What pyarrow's Plasma client expects of a store. Prints one line for each check: ok NAME, or failed NAME: why."""
import hashlib
import os
import sys
import threading
import time
import traceback
import warnings

warnings.simplefilter("ignore")
import numpy as np
import pyarrow as pa
import pyarrow.plasma as plasma

SOCKET = sys.argv[1]
CAPACITY = int(sys.argv[2])
checks = []


def check(function):
    checks.append(function)
    return function


def connect():
    return plasma.connect(SOCKET)


def new_id():
    return plasma.ObjectID(os.urandom(20))


def put(client, size, fill=7, metadata=b""):
    object_id = new_id()
    np.frombuffer(client.create(object_id, size, metadata), dtype="uint8")[:] = fill
    client.seal(object_id)
    return object_id


def clear(client):
    client.evict(CAPACITY * 2)


def raises(kind, call):
    try:
        call()
    except kind as e:
        return e
    raise AssertionError("no " + kind.__name__)


@check
def shows_what_one_client_made_to_another():
    one, two = connect(), connect()
    object_id = new_id()
    buffer = one.create(object_id, 1000, metadata=b"meta")
    assert not two.contains(object_id)
    assert two.get_buffers([object_id], timeout_ms=0) == [None]
    np.frombuffer(buffer, dtype="uint8")[:] = np.arange(1000) % 251
    one.seal(object_id)
    assert two.contains(object_id)
    [data] = two.get_buffers([object_id])
    assert bytes(data) == bytes(i % 251 for i in range(1000))
    assert bytes(two.get_metadata([object_id])[0]) == b"meta"


@check
def puts_and_gets_python_values():
    client = connect()
    values = [1, "two", [3.0, None], {"four": np.arange(5)}, b"x" * 100_000]
    ids = [client.put(value) for value in values]
    got = client.get(ids)
    assert got[:3] == values[:3] and (got[3]["four"] == np.arange(5)).all() and got[4] == values[4]


@check
def answers_gets_in_their_order_with_what_is_there_at_the_timeout():
    client = connect()
    there, missing = put(client, 10), new_id()
    begin = time.monotonic()
    buffers = client.get_buffers([missing, there, missing], timeout_ms=200)
    took = time.monotonic() - begin
    assert buffers[0] is None and bytes(buffers[1]) == b"\7" * 10 and buffers[2] is None
    assert 0.19 <= took < 5, took


@check
def lets_gets_wait_for_others():
    one, two = connect(), connect()
    ids = [new_id() for _ in range(5)]

    def later():
        for object_id in reversed(ids):
            one.create(object_id, 64)
            one.seal(object_id)

    thread = threading.Thread(target=later)
    timer = threading.Timer(0.1, thread.start)
    timer.start()
    buffers = two.get_buffers(ids + ids[:2], timeout_ms=-1)
    assert all(buffer is not None and buffer.size == 64 for buffer in buffers)
    timer.join(), thread.join()


@check
def refuses_what_exists_sealed_or_not():
    one, two = connect(), connect()
    object_id = new_id()
    held = one.create(object_id, 10)
    raises(plasma.PlasmaObjectExists, lambda: two.create(object_id, 10))
    one.seal(object_id)
    raises(plasma.PlasmaObjectExists, lambda: one.create(object_id, 10))
    del held


@check
def creates_and_seals_in_one_message():
    one, two = connect(), connect()
    for size in (0, 1, 1000, 1 << 20, 3 << 20):
        object_id = new_id()
        data = os.urandom(size)
        one.create_and_seal(object_id, data, b"m%d" % size)
        [buffer] = two.get_buffers([object_id])
        assert bytes(buffer) == data
        assert bytes(two.get_metadata([object_id])[0]) == b"m%d" % size
        raises(plasma.PlasmaObjectExists, lambda: two.create_and_seal(object_id, data))
        del buffer


@check
def deletes_when_nobody_uses_it_any_more():
    one, two = connect(), connect()
    object_id = put(one, 100)
    [buffer] = two.get_buffers([object_id])
    one.delete([object_id])
    assert one.contains(object_id), "in use by another"
    assert bytes(buffer) == b"\7" * 100
    del buffer
    wait(lambda: not one.contains(object_id))
    other = put(one, 100)
    one.delete([other])
    assert not two.contains(other)
    one.delete([new_id()])


def wait(condition, seconds=10):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.001)


@check
def evicts_the_oldest_that_nobody_uses():
    client = connect()
    clear(client)
    size = CAPACITY // 10
    ids = [put(client, size) for _ in range(6)]
    [used] = client.get_buffers([ids[0]])
    assert client.evict(size) >= size
    assert client.contains(ids[0]), "used"
    assert not client.contains(ids[1])
    for _ in range(20):
        put(client, size)
    assert bytes(used[:10]) == b"\7" * 10
    assert client.contains(ids[0])
    del used


@check
def says_when_it_is_full():
    client = connect()
    clear(client)
    object_id = new_id()
    kept = client.create(object_id, CAPACITY - CAPACITY // 10)
    raises(plasma.PlasmaStoreFull, lambda: client.create(new_id(), CAPACITY // 2))
    raises(plasma.PlasmaStoreFull, lambda: client.create(new_id(), CAPACITY * 2))
    raises(plasma.PlasmaStoreFull, lambda: client.create(new_id(), 1 << 62))
    del kept
    client.seal(object_id)
    client.delete([object_id])
    put(client, CAPACITY // 2)


@check
def tells_its_capacity_and_lists_states():
    client = connect()
    clear(client)
    assert client.store_capacity() == CAPACITY
    sealed, unsealed = put(client, 33, metadata=b"four"), new_id()
    buffer = client.create(unsealed, 44)
    listed = client.list()
    entry = listed[sealed]
    assert entry["data_size"] == 33 and entry["metadata_size"] == 4 and entry["state"] == "sealed", entry
    assert abs(entry["create_time"] - time.time()) < 60, entry
    assert listed[unsealed]["state"] == "created" and listed[unsealed]["ref_count"] == 1, listed[unsealed]
    assert "objects" in client.debug_string()
    del buffer


@check
def notifies_of_seals_and_deletions():
    client, other = connect(), connect()
    clear(client)
    before = put(other, 11)
    client.subscribe()
    assert client.get_next_notification()[:2] == (before, 11)
    after = put(other, 22, metadata=b"abc")
    assert client.get_next_notification() == (after, 22, 3)
    other.delete([after])
    assert client.get_next_notification() == (after, -1, -1)
    sealed = new_id()
    other.create_and_seal(sealed, b"x" * 5)
    assert client.get_next_notification() == (sealed, 5, 0)
    other.evict(CAPACITY)
    assert {client.get_next_notification() for _ in range(2)} == {(before, -1, -1), (sealed, -1, -1)}


@check
def never_waits_for_a_slow_subscriber():
    slow, other = connect(), connect()
    slow.subscribe()
    begin = time.monotonic()
    for i in range(3000):
        other.create_and_seal(new_id(), b"")
    assert time.monotonic() - begin < 30
    assert slow.get_next_notification() is not None
    clear(other)


@check
def frees_what_a_client_had_when_it_goes():
    one, two = connect(), connect()
    clear(two)
    object_id, unsealed = put(one, 10), new_id()
    [used] = one.get_buffers([object_id])
    buffer = one.create(unsealed, 10)
    one.disconnect()
    two.delete([object_id])
    wait(lambda: not two.contains(object_id))
    wait(lambda: unsealed not in two.list())


@check
def keeps_a_client_to_its_quota():
    client = connect()
    clear(client)
    client.set_client_options("modest", CAPACITY // 8)
    first = put(client, CAPACITY // 10)
    second = put(client, CAPACITY // 10)
    assert not client.contains(first) and client.contains(second)
    raises(plasma.PlasmaStoreFull, lambda: client.create(new_id(), CAPACITY // 4))


@check
def moves_big_objects_whole():
    one, two = connect(), connect()
    clear(one)
    size = CAPACITY // 2
    object_id = new_id()
    data = np.random.randint(0, 256, size, dtype="uint8")
    np.frombuffer(one.create(object_id, size), dtype="uint8")[:] = data
    one.seal(object_id)
    assert hashlib.md5(two.get_buffers([object_id])[0]).digest() == hashlib.md5(data).digest()


@check
def serves_many_clients():
    clear(connect())
    failures = []

    def work(number):
        try:
            client = connect()
            for round in range(20):
                object_id = put(client, 1000 + number, fill=number)
                assert bytes(client.get_buffers([object_id])[0][:5]) == bytes([number]) * 5
                client.delete([object_id])
            client.disconnect()
        except Exception:
            failures.append(traceback.format_exc())

    threads = [threading.Thread(target=work, args=(number,)) for number in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures, failures[0]


if __name__ == "__main__":
    chosen = sys.argv[3:]
    for function in checks:
        if chosen and function.__name__ not in chosen:
            continue
        try:
            function()
            print("ok", function.__name__, flush=True)
        except Exception as e:
            text = traceback.format_exc() if not isinstance(e, KeyboardInterrupt) else str(e)
            print("failed %s: %s" % (function.__name__, text.strip().replace("\n", " | ")), flush=True)
