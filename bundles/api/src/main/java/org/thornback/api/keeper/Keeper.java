// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.api.keeper;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Keeps what a bundle leaves when it stops, until its successor takes it: the same bundle started again, or an updated one.
 *
 * <p>The keeper also stands in for the services of such a bundle, so that those who use them do not end with it. Where there is
 * no keeper, as in a store without a node, a bundle that stops takes everything with it. Safe from any thread.
 */
@ProviderType
public interface Keeper {

    /**
     * Leaves something for a successor.
     *
     * @param name   under which the successor looks for it, by custom the component's.
     * @param estate of types that a successor with classes of its own understands, too: the JDK's or the API's. Closed with the
     *               node if nobody takes it and it can be closed.
     * @return false when the node ends: nobody will come, so whoever wanted to leave it ends it himself.
     */
    boolean leave(String name, Object estate);

    /**
     * Takes what a predecessor left.
     *
     * @param name under which it was left.
     * @param type it must have.
     * @param <T>  of it.
     * @return the estate, the caller's from now on; empty when nothing was left, or something of another type, which stays.
     */
    <T> Optional<T> take(String name, Class<T> type);
}
