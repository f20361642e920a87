// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.node.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.thornback.node.internal.RayletFixture.actorId;
import static org.thornback.node.internal.RayletFixture.order;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.thornback.api.id.BinaryId;
import org.thornback.node.internal.FakeLink.Actors;
import org.thornback.node.internal.FakeLink.Assigned;
import org.thornback.node.internal.FakeLink.Construct;
import org.thornback.node.internal.FakeLink.Created;
import org.thornback.node.internal.FakeLink.LeaseRefused;
import org.thornback.node.internal.FakeLink.Lines;
import org.thornback.node.internal.FakeLink.Nodes;
import org.thornback.node.internal.FakeLink.Notice;
import org.thornback.node.internal.FakeLink.Refused;
import org.thornback.node.internal.FakeLink.Update;

/** Texts may be of any length and in any script: each message makes room for its own. */
class ClientMessagesTest {
    private static final String LONG = "wörld–日本語😀 ".repeat(20_000);

    private final FakeLink link = new FakeLink();
    private final ClientMessages messages = new ClientMessages(link);

    private static ActorOrder named(String name, String className, byte[] specification) {
        return new ActorOrder(1, 0, 0, 1, false, Map.of(), List.of(), name, "space", className, specification);
    }

    private Object last() {
        return link.heard().getLast();
    }

    @Test
    void shouldSendSentencesOfAnyLength() {
        messages.notice(LONG);
        assertThat(last()).isEqualTo(new Notice(LONG));
        messages.leaseRefused(1, LONG);
        assertThat(last()).isEqualTo(new LeaseRefused(1, LONG));
        messages.createReply(2, false, LONG);
        assertThat(last()).isEqualTo(new Created(2, false, LONG));
        messages.logLines(7, true, "10.0.0.1", LONG);
        assertThat(last()).isEqualTo(new Lines(7, true, "10.0.0.1", LONG));
        messages.notice("short");
        assertThat(last()).as("after long ones").isEqualTo(new Notice("short"));
    }

    @Test
    void shouldEndTheConnectionAfterARefusal() {
        messages.refused(LONG);

        assertThat(link.heard()).containsExactly(new Refused(LONG));
        assertThat(link.isClosed()).isTrue();
    }

    @Test
    void shouldTellAWorkerEveryEntryOfALongCodeSearchPath() {
        List<String> paths = IntStream.range(0, 5_000).mapToObj(i -> "/p" + i).toList();
        Client driver = new Client(BinaryId.random(), 1, false, messages);

        messages.assign(new Job(3, driver, paths, List.of(), Map.of(), "späce", "DETACHED", "Main"));

        assertThat(last()).isEqualTo(new Assigned(3, paths, "späce", "DETACHED"));
    }

    @Test
    void shouldHandAnActorOverWithAllItsBytes() {
        String specification = "s".repeat(1 << 20);
        Actor actor = new Actor(actorId(1), named("", "Counter", specification.getBytes(UTF_8)));

        messages.construct(actor, List.of(0, 1, 2, 3));

        assertThat(last()).isEqualTo(new Construct(actorId(1), 0, 1, List.of(0, 1, 2, 3), specification));
    }

    @Test
    void shouldTellWhyAnActorDied() {
        Actor actor = new Actor(actorId(1), named("", LONG, new byte[0]));
        actor.dead(LONG, LONG.getBytes(UTF_8));

        messages.actorUpdate(actor);

        Update update = (Update) last();
        assertThat(update.cause()).isEqualTo(LONG);
        assertThat(update.failure()).isEqualTo(LONG);
    }

    @Test
    void shouldListManyActorsAndResourcesWithLongNames() {
        List<Actor> actors = IntStream.range(0, 2_000)
                .mapToObj(i -> new Actor(actorId(i), named("näme-" + i, "x".repeat(300), new byte[0])))
                .toList();
        messages.actors(1, actors, RayletFixture.facts());
        assertThat(((Actors) last()).actors())
                .hasSize(2_000)
                .last()
                .satisfies(actor -> assertThat(actor.name()).isEqualTo("näme-1999"));
        List<NodeFacts.Amount> amounts = IntStream.range(0, 1_000)
                .mapToObj(i -> new NodeFacts.Amount("résource-" + i, i, i / 2))
                .toList();

        messages.nodes(2, RayletFixture.facts(), amounts);

        assertThat(((Nodes) last()).nodes().getFirst().resources()).isEqualTo(amounts);
        assertThat(((Nodes) last()).nodes().getFirst().hostName()).isEqualTo("host");
    }

    @Test
    void shouldSayOfAnActorWithoutAWorkerThatItHasNone() {
        messages.actorUpdate(new Actor(actorId(1), order(1, 0, false, "", Map.of())));

        assertThat(((Update) last()).socket()).isEmpty();
    }
}
