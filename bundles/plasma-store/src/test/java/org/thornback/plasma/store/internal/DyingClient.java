// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import java.io.IOException;
import java.nio.file.Path;

/** Run in a JVM of its own, to be killed in the middle of what its last argument names. */
final class DyingClient {
    static final int SIZE = 300_000;

    private DyingClient() {}

    public static void main(String[] arguments) throws IOException {
        long number = Long.parseLong(arguments[1]);
        if (arguments[2].equals(RestlessClient.DEED)) {
            RestlessClient.start(Path.of(arguments[0]), number);
        } else {
            rest(arguments, number);
        }
    }

    private static void rest(String[] arguments, long number) throws IOException {
        try (TestClient client = new TestClient(Path.of(arguments[0]))) {
            for (String deed : arguments[2].split(",")) {
                run(client, number, deed);
            }
            System.out.println("ready");
            System.out.flush();
            while (System.in.read() >= 0) {
                // until it is killed
            }
        }
    }

    private static void run(TestClient client, long number, String deed) throws IOException {
        switch (deed) {
            case "create" -> client.create(TestClient.id(number), SIZE);
            case "seal" -> {
                client.create(TestClient.id(number + 1), SIZE);
                client.seal(TestClient.id(number + 1));
            }
            case "ask" -> client.sendCreate(TestClient.id(number + 2), 1 << 20, 0);
            case "pin" -> {
                for (int i = 0; i < 10; i++) {
                    client.pins.pin(TestClient.id(1), client.slot);
                }
            }
            case "put" -> client.put(TestClient.id(number + 3), new byte[1000]);
            case "claim" -> client.claim(TestClient.id(number + 4), new byte[1000]);
            case "doom" -> client.delete(TestClient.id(number));
            default -> throw new IllegalArgumentException(deed);
        }
    }
}
