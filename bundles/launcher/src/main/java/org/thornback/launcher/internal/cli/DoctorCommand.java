// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.thornback.api.cluster.NodeDescription;
import org.thornback.api.cluster.StartAnswer;
import org.thornback.api.config.Configuration;
import org.thornback.api.config.LaunchOptions;
import org.thornback.api.config.OptionCatalogue;
import org.thornback.api.config.RefusedConfiguration;
import org.thornback.api.health.Diagnosis;
import org.thornback.api.health.MachineDoctor;
import org.thornback.api.health.MachineDoctor.Plan;
import org.thornback.api.resources.HugePageDetector;
import org.thornback.api.resources.HugePages;
import org.thornback.launcher.internal.boot.ServiceQuestion;
import org.thornback.launcher.internal.boot.ServiceQuestion.Services;
import org.thornback.launcher.internal.boot.StderrLog;
import org.thornback.launcher.internal.doctor.DoctorPage;
import org.thornback.launcher.internal.doctor.Prospect;
import org.thornback.launcher.internal.doctor.Refusals;
import org.thornback.launcher.internal.doctor.Surroundings;
import org.thornback.launcher.internal.home.Features;
import org.thornback.launcher.internal.home.Home;
import org.thornback.launcher.internal.record.NodeRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code ray doctor}: what usually goes wrong, and the command that mends it; {@code ray doctor hugepages}: what this machine
 * has of them, and what is missing. Changes nothing, and needs no node. It takes the options of {@code ray start} and looks at what
 * a node with the same ones would use, by the same layers of the configuration.
 */
@Command(
        name = "doctor",
        description =
                "Says what is wrong on this machine and with nodes that run, and what mends it; exit status 1 then.")
final class DoctorCommand implements Callable<Integer> {
    private static final String HUGE_PAGES = "hugepages";
    private static final String DIRECTORY = OptionCatalogue.PLASMA_DIRECTORY.name();

    /** Options of a node; where its session is said with those that choose a node. */
    private static final Map<String, StartFlag> FLAGS = StartFlag.ALL.stream()
            .filter(flag -> !StartCommand.OWN_FLAGS.contains(flag.key()))
            .collect(Collectors.toMap(StartFlag::key, flag -> flag));

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = HUGE_PAGES,
            description = "Look at huge pages only, and count what is missing.")
    private String subject;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Mixin
    private NodeOptions nodes;

    private final Refusals refusals = new Refusals();

    /**
     * Adds the options of {@code ray start}: what a node with the same ones would use is looked at.
     *
     * @param spec the command's own.
     */
    static void addOptions(CommandSpec spec) {
        FLAGS.values().stream()
                .filter(flag -> !spec.optionsMap().containsKey("--" + flag.key()))
                .map(flag ->
                        StartCommand.option(flag, flag.key().equals(DIRECTORY) ? List.of("--directory") : List.of()))
                .forEach(spec::addOption);
    }

    @Override
    public Integer call() {
        if (subject != null && !HUGE_PAGES.equals(subject)) {
            System.err.println("ray doctor: subject=" + subject + " is not known, choose " + HUGE_PAGES
                    + ", or none for everything.");
            return 2;
        }
        StderrLog.attach();
        Map<String, String> given = StartCommand.given(spec);
        given.keySet().retainAll(FLAGS.keySet());
        Map<Class<?>, ?> offered =
                Map.of(LaunchOptions.class, new StartCommand.GivenOptions(given, false), StartAnswer.class, refusals);
        return ServiceQuestion.ask(Home.ofThisProcess(), Features.CONFIGURATION, offered, services -> {
            Prospect prospect = services.find(Configuration.class)
                    .or(() -> services.find(RefusedConfiguration.class).map(RefusedConfiguration::readable))
                    .map(configuration -> Prospect.of(configuration, given.containsKey(DIRECTORY)))
                    .orElseGet(Prospect::ofDefaults);
            return subject == null ? examine(services, prospect) : lookAtHugePages(services, prospect);
        });
    }

    private int examine(Services services, Prospect prospect) {
        List<Diagnosis> found = new ArrayList<>(refusals.diagnoses());
        found.addAll(services.get(MachineDoctor.class).examine(prospect.plan()));
        List<NodeDescription> running = nodes.matching(true).stream()
                .flatMap(node -> node.record().stream())
                .map(NodeRecord::node)
                .toList();
        found.addAll(Surroundings.look(prospect.port(), running));
        System.out.print(json ? DoctorPage.json(found) : DoctorPage.text(found));
        return DoctorPage.isWell(found) ? 0 : 1;
    }

    private int lookAtHugePages(Services services, Prospect prospect) {
        // Options that are refused matter here; what a node would lack of other memory does not.
        List<String> refused = services.find(Configuration.class).isPresent() ? List.of() : refusals.sentences();
        refused.forEach(sentence -> System.err.println("ray doctor: " + sentence));
        Plan plan = prospect.plan();
        HugePages pages = services.get(HugePageDetector.class).look(plan.hugePageDirectory(), plan.objectStoreMemory());
        System.out.print(text(pages));
        return pages.missing().isEmpty() && refused.isEmpty() ? 0 : 1;
    }

    private static String text(HugePages pages) {
        StringBuilder text = new StringBuilder();
        line(text, "Page size: " + pages.pageSize() + " bytes");
        line(text, "Set aside: " + pages.totalPages() + " pages, " + pages.freePages() + " of them free");
        line(text, "Room in " + pages.directory() + ": " + pages.available() + " bytes");
        if (pages.missing().isEmpty()) {
            line(text, "Nothing is missing: ray start --head --huge-pages --plasma-directory=" + pages.directory());
        } else {
            line(text, "Missing:");
            pages.missing().forEach(sentence -> line(text, "  " + sentence));
        }
        line(text, "Pages that are set aside are taken from all other memory until they are removed, used or not.");
        line(
                text,
                "To remove them, as root, when no store uses them: `umount " + pages.directory()
                        + "` and `echo 0 > /proc/sys/vm/nr_hugepages`.");
        return text.toString();
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }
}
