// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AllowanceTest {
    private final Allowance allowance = new Allowance(100);
    private final List<String> dropped = new ArrayList<>();

    private Allowance.Account open(String name) {
        return allowance.open(reason -> dropped.add(name + ": " + reason.getMessage()));
    }

    @Test
    void shouldLetWhoeverHoldsMostPay() {
        Allowance.Account large = open("large");
        Allowance.Account middle = open("middle");
        Allowance.Account small = open("small");
        large.take(50);
        middle.take(40);

        small.take(20);

        assertThat(dropped)
                .containsExactly(
                        "large: a connection wants bytes=50 kept, more than any other, and all together want 110"
                                + " of 100");
        small.take(30); // as if it were gone already
        assertThat(dropped).hasSize(1);
        large.giveBack(50);
        assertThat(allowance.taken()).isEqualTo(90);
    }

    @Test
    void shouldLetWhoeverAsksPayWhenItWouldHoldMost() {
        Allowance.Account other = open("other");
        Allowance.Account greedy = open("greedy");
        other.take(40);
        greedy.take(30);

        assertThatThrownBy(() -> greedy.take(31))
                .isInstanceOf(MalformedInputException.class)
                .hasMessage("a connection wants bytes=61 kept, more than any other, and all together want 101 of 100");

        assertThat(dropped).isEmpty();
        assertThat(allowance.taken()).isEqualTo(70);
        other.take(30);
    }

    @Test
    void shouldDropAsManyAsItTakesAndGiveTheDroppedNothingMore() {
        Allowance.Account first = open("first");
        Allowance.Account second = open("second");
        Allowance.Account third = open("third");
        first.take(36);
        second.take(31);
        third.take(1);

        third.take(32);
        third.take(1);

        assertThat(dropped).hasSize(1).first().asString().startsWith("first");
        assertThatThrownBy(() -> first.take(1)).isInstanceOf(MalformedInputException.class);
        first.giveBack(36);
        second.giveBack(31);
        third.giveBack(34);
        assertThat(allowance.taken()).isZero();
        third.take(100);
    }
}
