// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.thornback.api.store.PlasmaId;

/** Several clients in one process that create, write, seal, pin, put and delete without a pause, to be killed at any moment. */
final class RestlessClient implements Runnable {
    static final String DEED = "restless";
    static final int CLIENTS = 6;
    private static final int SMALL = 1000;
    private static final PlasmaId THERE = TestClient.id(1);

    private final TestClient client;
    private final CountDownLatch working;
    private long next;

    private RestlessClient(TestClient client, long first, CountDownLatch working) {
        this.client = client;
        this.working = working;
        next = first;
    }

    static void start(Path socket, long number) throws IOException {
        CountDownLatch working = new CountDownLatch(CLIENTS);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            TestClient client = new TestClient(socket);
            threads.add(Thread.ofPlatform().start(new RestlessClient(client, number + i * 1_000_000L, working)));
        }
        try {
            working.await();
            System.out.println("ready");
            System.out.flush();
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void run() {
        try {
            while (true) {
                work();
                working.countDown();
            }
        } catch (IOException e) {
            throw new IllegalStateException("a client that was not killed yet has failed", e);
        }
    }

    private void work() throws IOException {
        PlasmaId large = TestClient.id(next++);
        TestClient.Place place = client.create(large, DyingClient.SIZE);
        place.segment().asSlice(place.offset(), DyingClient.SIZE).fill((byte) 7);
        client.seal(large);
        int there = client.pins.pin(THERE, client.slot);
        PlasmaId small = TestClient.id(next++);
        int record = client.claim(small, new byte[SMALL]);
        client.ring.commit(record);
        if (!client.locate(small) || !client.locate(large) || client.read(large) == null) {
            throw new IOException("what it had made is not there");
        }
        client.pins.unpin(there);
        PlasmaId given = TestClient.id(next++);
        client.create(given, SMALL);
        client.abort(given);
        client.delete(large, small);
    }
}
