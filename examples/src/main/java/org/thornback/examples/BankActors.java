// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.examples;

import io.ray.api.ActorHandle;
import io.ray.api.Ray;
import io.ray.api.exception.RayActorException;
import io.ray.api.exception.RayTaskException;
import java.util.Optional;
import org.thornback.examples.bank.Account;
import org.thornback.examples.bank.Ledger;
import org.thornback.examples.bank.OverdrawnException;

/** A small bank of named actors: calls in order, an exception that comes back, and a process that dies and is replaced. */
public final class BankActors {
    private BankActors() {}

    public static void main(String[] arguments) {
        Ray.init();
        try {
            ActorHandle<Ledger> ledger = Ray.actor(Ledger::new).remote();
            ActorHandle<Account> ada = open("ada", ledger);
            ActorHandle<Account> bob = open("bob", ledger);
            ada.task(Account::book, 10_000L).remote();

            pay("ada", "bob", 2_500);
            pay("bob", "ada", 99_999);

            System.out.println("bob's process dies");
            awaitDeathOf(bob);
            System.out.println("bob is back, replaced=" + isReplacement(bob));
            System.out.println("ada has " + balance(ada) + " cents, bob has " + balance(bob) + " cents");
        } finally {
            Ray.shutdown();
        }
    }

    private static ActorHandle<Account> open(String name, ActorHandle<Ledger> ledger) {
        return Ray.actor(Account::new, name, ledger)
                .setName(name)
                .setMaxRestarts(1)
                .remote();
    }

    /** Whoever knows the names can move money: no handle has to be passed around. */
    private static void pay(String from, String to, long cents) {
        try {
            account(from).task(Account::book, -cents).remote().get();
            account(to).task(Account::book, cents).remote().get();
            System.out.println(from + " paid " + cents + " cents to " + to);
        } catch (RayTaskException e) {
            if (!(e.getCause() instanceof OverdrawnException)) {
                throw e;
            }
            System.out.println("refused: " + e.getCause().getMessage());
        }
    }

    private static ActorHandle<Account> account(String name) {
        Optional<ActorHandle<Account>> account = Ray.getActor(name);
        return account.orElseThrow(() -> new IllegalArgumentException("there is no account=" + name));
    }

    private static void awaitDeathOf(ActorHandle<Account> account) {
        try {
            account.task(Account::crash).remote().get();
        } catch (RayActorException e) {
            System.out.println("its last call ended with: " + e.getMessage());
        }
    }

    /** A call that arrives while the actor is being replaced fails; one asks again. */
    private static boolean isReplacement(ActorHandle<Account> account) {
        while (true) {
            try {
                return account.task(Account::isReplacement).remote().get();
            } catch (RayActorException e) {
                Thread.onSpinWait();
            }
        }
    }

    private static long balance(ActorHandle<Account> account) {
        return account.task(Account::balance).remote().get();
    }
}
