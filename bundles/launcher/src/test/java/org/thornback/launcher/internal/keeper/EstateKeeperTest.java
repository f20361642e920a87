// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.thornback.api.keeper.Keeper;
import org.thornback.api.security.RedisCredentials;
import org.thornback.api.security.Secret;
import org.thornback.testkit.FelixExtension;

/** Two bundles in a framework with a keeper: one provides credentials, one uses them. */
class EstateKeeperTest {
    @RegisterExtension
    final FelixExtension felix = new FelixExtension().componentRuntime();

    private EstateKeeper keeper;
    private BundleContext provider;
    private BundleContext user;

    private record Credentials(Secret password, boolean isDefault) implements RedisCredentials {
        static Credentials of(String password) {
            return new Credentials(Secret.of(password), false);
        }
    }

    @BeforeEach
    void findTwoBundles() {
        keeper = new EstateKeeper(felix.context());
        provider = felix.bundle("org.osgi.util.promise").getBundleContext();
        user = felix.bundle("org.apache.felix.scr").getBundleContext();
    }

    private ServiceRegistration<?> provide(String password) {
        return provider.registerService(RedisCredentials.class, Credentials.of(password), null);
    }

    private ServiceReference<RedisCredentials> found() {
        return user.getServiceReference(RedisCredentials.class);
    }

    private Secret password() {
        return user.getService(found()).password();
    }

    @Test
    void shouldStandInForWhoeverProvidesTheServiceNowOrDidLast() {
        assertThat(found()).isNull();
        ServiceRegistration<?> first = provide("first");
        RedisCredentials used = user.getService(found());
        assertThat(used.password()).isEqualTo(Secret.of("first"));

        first.unregister();
        assertThat(used.password()).as("while nobody provides it").isEqualTo(Secret.of("first"));

        provide("second");
        assertThat(used.password()).isEqualTo(Secret.of("second"));
        assertThat(password()).isEqualTo(Secret.of("second"));
    }

    @Test
    void shouldHideProvidersComingAndGoingFromTheUsers() throws Exception {
        List<Integer> heard = new ArrayList<>();
        user.addServiceListener(
                event -> heard.add(event.getType()), "(objectClass=" + RedisCredentials.class.getName() + ")");

        ServiceRegistration<?> first = provide("first");
        first.unregister();
        provide("second");

        assertThat(heard).as("the stand-in alone").containsExactly(ServiceEvent.REGISTERED);
        assertThat(user.getServiceReferences(RedisCredentials.class, null))
                .singleElement()
                .satisfies(reference ->
                        assertThat(reference.getBundle().getBundleId()).isZero());
    }

    @Test
    void shouldKeepAnEstateUntilASuccessorOfItsKindTakesIt() {
        assertThat(felix.service(Keeper.class)).isSameAs(keeper);

        assertThat(keeper.leave("config", Map.of("a", "b"))).isTrue();

        assertThat(keeper.take("config", String.class)).isEmpty();
        assertThat(keeper.take("other", Map.class)).isEmpty();
        assertThat(keeper.take("config", Map.class)).contains(Map.of("a", "b"));
        assertThat(keeper.take("config", Map.class)).as("taken").isEmpty();
    }

    @Test
    void shouldEndWhatNobodyTookWithTheNode() {
        AtomicInteger ended = new AtomicInteger();
        keeper.leave("left", (AutoCloseable) ended::incrementAndGet);
        keeper.leave("taken", (AutoCloseable) ended::incrementAndGet);
        keeper.take("taken", AutoCloseable.class);

        keeper.close();

        assertThat(ended).hasValue(1);
    }
}
