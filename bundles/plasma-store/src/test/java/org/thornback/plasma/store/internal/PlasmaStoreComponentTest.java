// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.plasma.store.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.thornback.api.InvalidInputException;
import org.thornback.api.cluster.StartAnswer;
import org.thornback.api.config.Configuration;
import org.thornback.api.config.LiveConfiguration;
import org.thornback.api.config.LiveOptions;
import org.thornback.api.config.OptionCatalogue;
import org.thornback.api.keeper.Keeper;
import org.thornback.api.resources.NodeResources;
import org.thornback.api.resources.ResourceListener;
import org.thornback.api.session.Session;
import org.thornback.api.store.MemoryFileException;
import org.thornback.api.store.MemoryFiles;
import org.thornback.api.store.ObjectStore;
import org.thornback.api.store.PlasmaId;
import org.thornback.api.store.RestingStore;
import org.thornback.api.store.Segment;
import org.thornback.api.store.SpillTarget;
import org.thornback.api.store.StoreBackend;
import org.thornback.api.store.StoreBackends;
import org.thornback.api.store.StoreCounter;
import org.thornback.api.store.WritableObject;
import org.thornback.testkit.Await;
import org.thornback.testkit.FakeKeeper;
import org.thornback.testkit.FelixExtension;
import org.thornback.testkit.FixedConfiguration;
import org.thornback.testkit.RecordedAnswer;
import org.thornback.testkit.TestSession;

@Timeout(60)
class PlasmaStoreComponentTest {
    private static final long CAPACITY = 32L << 20;
    private static final int SIZE = 100_000;

    @RegisterExtension
    final FelixExtension felix = new FelixExtension()
            .componentRuntime()
            .bundles(
                    "org.thornback.lib.agrona",
                    "com.google.flatbuffers.java",
                    "org.thornback.layout",
                    "org.thornback.plasma-shm",
                    "org.thornback.plasma-store");

    @TempDir
    Path directory;

    private final RecordedAnswer answer = new RecordedAnswer();
    private FixedConfiguration configuration = new FixedConfiguration();

    private class Offered implements StoreBackend {
        private final String name;

        private Offered(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public long pageSize() {
            return 4096;
        }

        @Override
        public Segment allocate(long length, long reserve) {
            try {
                return felix.service(MemoryFiles.class).anonymous(name, length, reserve);
            } catch (MemoryFileException e) {
                throw new AssertionError(e);
            }
        }
    }

    @BeforeEach
    void session() {
        felix.context().registerService(StartAnswer.class, answer, null);
        felix.context().registerService(Session.class, new TestSession(directory), null);
        felix.context().registerService(NodeResources.class, offering(CAPACITY), null);
    }

    private NodeResources offering(long capacity) {
        return new NodeResources(Map.of(), 1, capacity, directory, "127.0.0.1");
    }

    private ObjectStore start() {
        felix.context().registerService(Configuration.class, configuration, null);
        return felix.service(ObjectStore.class);
    }

    private ServiceRegistration<?> offer(StoreBackend backend, int ranking) {
        return felix.context()
                .registerService(
                        StoreBackend.class,
                        backend,
                        FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_RANKING, ranking)));
    }

    private static void put(ObjectStore store, int number) throws Exception {
        PlasmaId id = new PlasmaId(number, 0, 0);
        try (WritableObject object =
                store.create(id, SIZE, 0).toCompletableFuture().get(10, TimeUnit.SECONDS)) {
            object.data().fill((byte) number);
            object.seal();
        }
        assertThat(store.contains(id).toCompletableFuture().get(10, TimeUnit.SECONDS))
                .isTrue();
    }

    private static byte lastByte(ObjectStore store, int number) {
        try (var object = store.get(new PlasmaId(number, 0, 0)).orElseThrow()) {
            return object.data().get(ValueLayout.JAVA_BYTE, SIZE - 1);
        }
    }

    private static void awaitBackend(ObjectStore store, String name) {
        Await.await(
                () -> store.statistics().backend().equals(name)
                        && store.statistics().value(StoreCounter.LEFT_BYTES) == 0,
                () -> "statistics are " + store.statistics() + ", expected backend " + name + " with everything in it");
    }

    private String directoryInUse() {
        return felix.service(StoreBackends.class).list().stream()
                .filter(StoreBackends.Entry::inUse)
                .map(entry -> entry.name()
                        + entry.directory().map(path -> " in " + path).orElse(""))
                .findFirst()
                .orElse("");
    }

    /** What the configuration bundle does with an edit. */
    private void edit(FixedConfiguration edited) {
        felix.service(LiveOptions.class).take(edited);
    }

    @Test
    void shouldGoToTheBestBackendThatIsOfferedAndOnWhenItGoes() throws Exception {
        ObjectStore store = start();
        assertThat(store.statistics().backend()).isEqualTo("shm");
        put(store, 1);
        ServiceRegistration<?> better = offer(new Offered("better"), 10);
        awaitBackend(store, "better");
        offer(new Offered("worse"), -1);
        put(store, 2);
        better.unregister();
        awaitBackend(store, "shm");
        assertThat(lastByte(store, 1)).isEqualTo((byte) 1);
        assertThat(lastByte(store, 2)).isEqualTo((byte) 2);
    }

    @Test
    void shouldKeepWorkingWhenTheBundleOfItsBackendIsUninstalled() throws Exception {
        ObjectStore store = start();
        put(store, 1);
        felix.bundle("org.thornback.plasma-shm").uninstall();
        for (int i = 2; i < 200; i++) { // more than is reserved at first
            put(store, i);
        }
        assertThat(lastByte(store, 1)).isEqualTo((byte) 1);
        assertThat(directoryInUse()).isEqualTo("shm");
    }

    @Test
    void shouldStayWithTheBackendThatWasChosenByName() throws Exception {
        ObjectStore store = start();
        StoreBackends backends = felix.service(StoreBackends.class);
        backends.use("shm", Optional.of(directory));
        offer(new Offered("better"), 10);
        put(store, 1);
        assertThat(directoryInUse()).isEqualTo("shm in " + directory);
        backends.use("better", Optional.empty());
        awaitBackend(store, "better");
        assertThatThrownBy(() -> backends.use("tape", Optional.empty()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("plasma-backend=tape is not there: choose one of better, shm");
    }

    @Test
    void shouldFollowEditsOfTheLiveOptionsAndRefuseWhatCannotBe() throws Exception {
        ObjectStore store = start();
        put(store, 1);
        edit(configuration.with(OptionCatalogue.PLASMA_DIRECTORY, directory.toString()));
        assertThat(directoryInUse()).isEqualTo("shm in " + directory);
        awaitBackend(store, "shm");
        assertThatThrownBy(() -> edit(configuration.with(OptionCatalogue.PLASMA_DIRECTORY, "/does/not/exist")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("plasma-directory=/does/not/exist");
        assertThatThrownBy(() -> edit(configuration
                        .with(OptionCatalogue.PLASMA_DIRECTORY, directory.toString())
                        .with(OptionCatalogue.HUGE_PAGES, "true")))
                .as("no bundle gives them")
                .isInstanceOf(InvalidInputException.class);
        assertThat(directoryInUse()).isEqualTo("shm in " + directory);
        assertThat(lastByte(store, 1)).isEqualTo((byte) 1);
    }

    @Test
    void shouldMakeAChoiceAnEditWhereEditsAreKept() {
        start();
        StoreBackends backends = felix.service(StoreBackends.class);
        Map<String, String> edited = new ConcurrentHashMap<>();
        LiveConfiguration live = new LiveConfiguration() {
            @Override
            public void set(Map<String, String> values, String source) {
                edited.putAll(values);
                edit(configuration.with(OptionCatalogue.PLASMA_DIRECTORY, values.get("plasma-directory")));
            }

            @Override
            public void replace(Set<String> before, Map<String, String> values, String source) {
                throw new AssertionError("nobody takes an edit back");
            }
        };
        felix.context().registerService(LiveConfiguration.class, live, null);

        backends.use("shm", Optional.of(directory));

        assertThat(edited)
                .isEqualTo(Map.of(
                        "plasma-backend", "shm", "plasma-directory", directory.toString(), "huge-pages", "false"));
        assertThat(directoryInUse()).isEqualTo("shm in " + directory);
    }

    @Test
    void shouldRefuseTheStartWhenTheBackendCannotBeWhereItIsWanted() {
        configuration = configuration.with(OptionCatalogue.PLASMA_DIRECTORY, "/does/not/exist");
        felix.context().registerService(Configuration.class, configuration, null);
        Await.await(() -> !answer.refusals().isEmpty(), () -> "the start is not refused");
        assertThat(answer.refusals())
                .singleElement()
                .asString()
                .startsWith("plasma-directory=/does/not/exist is not a directory");
    }

    @Test
    void shouldLetTheStoreRestWhileItsBundleIsStoppedAndGoOnWithEverythingInIt() throws Exception {
        felix.context().registerService(Keeper.class, new FakeKeeper(), null);
        ObjectStore store = start();
        put(store, 1);
        Bundle bundle = felix.bundle("org.thornback.plasma-store");

        bundle.stop();
        assertThat(felix.context().getServiceReference(ObjectStore.class)).isNull();
        CompletableFuture<Boolean> asked = store.contains(new PlasmaId(1, 0, 0)).toCompletableFuture();
        assertThat(lastByte(store, 1)).as("who only reads does not notice").isEqualTo((byte) 1);
        assertThat(asked).as("nobody serves").isNotDone();
        bundle.start();

        assertThat(asked.get(10, TimeUnit.SECONDS))
                .as("the question has waited")
                .isTrue();
        assertThat(felix.service(ObjectStore.class)).isSameAs(store);
        put(store, 2);
        offer(new Offered("better"), 10);
        awaitBackend(store, "better");
        assertThat(lastByte(store, 1)).isEqualTo((byte) 1);
        bundle.stop();
        bundle.start();
        assertThat(directoryInUse()).isEqualTo("better");
    }

    @Test
    void shouldEndARestingStoreWithTheNode() throws Exception {
        FakeKeeper keeper = new FakeKeeper();
        felix.context().registerService(Keeper.class, keeper, null);
        ObjectStore store = start();
        felix.bundle("org.thornback.plasma-store").stop();

        keeper.take("plasma-store", RestingStore.class).orElseThrow().close();

        assertThat(store.socket()).doesNotExist();
    }

    @Test
    void shouldRuleAStoreWhoseClassesAreOthersOnceItsBundleHasBeenUpdated() throws Exception {
        felix.context().registerService(Keeper.class, new FakeKeeper(), null);
        ObjectStore store = start();
        put(store, 1);
        Bundle bundle = felix.bundle("org.thornback.plasma-store");
        Class<?> before = bundle.loadClass(PlasmaStoreComponent.class.getName());

        bundle.update();

        assertThat(bundle.loadClass(PlasmaStoreComponent.class.getName())).isNotSameAs(before);
        assertThat(felix.service(ObjectStore.class)).isSameAs(store);
        assertThat(directoryInUse()).isEqualTo("shm");
        long segments = store.statistics().value(StoreCounter.SEGMENTS);
        assertThat(segments).as("nothing moves for an update").isEqualTo(1);
        felix.service(StoreBackends.class).use("shm", Optional.of(directory));
        assertThat(directoryInUse()).isEqualTo("shm in " + directory);
        felix.service(ResourceListener.class).offered(offering(2 * CAPACITY));
        assertThat(store.capacity()).isEqualTo(2 * CAPACITY);
        offer(new Offered("better"), 10);
        edit(configuration);
        awaitBackend(store, "better");
        put(store, 2);
        assertThat(lastByte(store, 1)).isEqualTo((byte) 1);
    }

    @Test
    void shouldWriteWhatDoesNotFitToTheTargetOfTheUpdatedBundle() throws Exception {
        felix.context().registerService(Keeper.class, new FakeKeeper(), null);
        ObjectStore store = start();
        felix.bundle("org.thornback.plasma-store").update();
        WrittenOut target = new WrittenOut();
        felix.context().registerService(SpillTarget.class, target, null);
        int more = (int) (CAPACITY / SIZE) + 1;
        for (int i = 0; i < more; i++) {
            store.hold(List.of(new PlasmaId(i, 0, 0)), "test");
            put(store, i);
        }
        assertThat(target.objects).isNotEmpty();
    }

    /** Keeps what is written out. Called by one thread of the store. */
    private static final class WrittenOut implements SpillTarget {
        private final Map<Long, byte[]> objects = new ConcurrentHashMap<>();
        private long next;

        @Override
        public long write(MemorySegment bytes) {
            objects.put(next, bytes.toArray(ValueLayout.JAVA_BYTE));
            return next++;
        }

        @Override
        public void read(long place, MemorySegment into) {
            into.copyFrom(MemorySegment.ofArray(objects.get(place)));
        }

        @Override
        public void free(long place, long length) {
            objects.remove(place);
        }
    }

    @Test
    void shouldMoveNothingForBackendsThatGoAndComeBackWithItsOwnBundle() throws Exception {
        felix.context().registerService(Keeper.class, new FakeKeeper(), null);
        ObjectStore store = start();
        put(store, 1);
        AtomicInteger asked = new AtomicInteger();
        offer(
                new Offered("worse") {
                    @Override
                    public Segment allocate(long length, long reserve) {
                        asked.incrementAndGet();
                        return super.allocate(length, reserve);
                    }
                },
                -1);
        Bundle bundle = felix.bundle("org.thornback.plasma-store");

        bundle.stop();
        bundle.start();

        felix.service(ResourceListener.class).offered(offering(2 * CAPACITY));
        assertThat(store.statistics().backend()).isEqualTo("shm");
        assertThat(asked).hasValue(0);
    }

    @Test
    void shouldKeepTheStoreThoughItsBundleIsStoppedWhileItBegins() throws Exception {
        felix.context().registerService(Keeper.class, new FakeKeeper(), null);
        ObjectStore store = start();
        put(store, 1);
        Bundle bundle = felix.bundle("org.thornback.plasma-store");

        for (int i = 0; i < 50; i++) {
            bundle.stop();
            bundle.start();
        }

        assertThat(felix.service(ObjectStore.class)).isSameAs(store);
        assertThat(lastByte(store, 1)).isEqualTo((byte) 1);
        put(store, 2);
    }

    @Test
    void shouldTakePlainMemoryAndSaySoWhenPreferredHugePagesAreNotThere() throws Exception {
        ObjectStore store = start();
        put(store, 1);

        edit(configuration
                .with(OptionCatalogue.PLASMA_DIRECTORY, directory.toString())
                .with(OptionCatalogue.HUGE_PAGES, "prefer"));

        assertThat(store.statistics().backend()).isEqualTo("shm");
        assertThat(store.statistics().remark()).startsWith("huge-pages=prefer: plasma-backend=hugepages");
        edit(configuration);
        assertThat(store.statistics().remark()).isEmpty();
        assertThat(lastByte(store, 1)).isEqualTo((byte) 1);
    }

    @Test
    void shouldHaveAnotherCapacityWhenTheNodeOffersOne() throws Exception {
        ObjectStore store = start();
        put(store, 1);

        felix.service(ResourceListener.class).offered(offering(2 * CAPACITY));

        assertThat(store.capacity()).isEqualTo(2 * CAPACITY);
        assertThat(lastByte(store, 1)).isEqualTo((byte) 1);
    }
}
