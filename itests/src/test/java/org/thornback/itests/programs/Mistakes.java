// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.itests.programs;

import io.ray.api.Ray;

/** Gives a task what cannot be given. */
public final class Mistakes {
    private Mistakes() {}

    /** Nobody can send this. */
    static final class Unsendable {}

    static int take(Unsendable thing) {
        return thing == null ? 0 : 1;
    }

    public static void main(String[] arguments) {
        Ray.init();
        try {
            Ray.task(Mistakes::take, new Unsendable()).remote();
        } catch (RuntimeException e) {
            System.out.println("refused: " + e.getMessage());
        }
        System.out.println("null is fine: "
                + Ray.task(Mistakes::take, (Unsendable) null).remote().get());
        Ray.shutdown();
    }
}
