// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.examples.bank;

import io.ray.api.ActorHandle;
import io.ray.api.Ray;

/**
 * An account: an actor that keeps its balance in memory. When its process dies, Ray runs the constructor again, which
 * asks the ledger; so nothing is lost.
 */
public final class Account {
    private final String name;
    private final ActorHandle<Ledger> ledger;
    private long cents;

    public Account(String name, ActorHandle<Ledger> ledger) {
        this.name = name;
        this.ledger = ledger;
        this.cents = ledger.task(Ledger::balance, name).remote().get();
    }

    /**
     * Books an amount, and returns the new balance.
     *
     * @throws OverdrawnException when the account would be overdrawn; nothing is booked then
     */
    public long book(long amount) {
        if (cents + amount < 0) {
            throw new OverdrawnException("account=" + name + " has " + cents + " cents, which is less than " + -amount);
        }
        cents = ledger.task(Ledger::write, name, amount).remote().get();
        return cents;
    }

    /** The balance in cents. */
    public long balance() {
        return cents;
    }

    /** Whether this process is not the first one of the account. */
    public boolean isReplacement() {
        return Ray.getRuntimeContext().wasCurrentActorRestarted();
    }

    /** What no account should do, and machines do to them: the process is gone at once. */
    public boolean crash() {
        Runtime.getRuntime().halt(1);
        return false;
    }
}
