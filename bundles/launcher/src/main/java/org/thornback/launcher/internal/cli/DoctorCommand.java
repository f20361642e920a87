// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.thornback.api.cluster.NodeDescription;
import org.thornback.api.health.Diagnosis;
import org.thornback.api.health.MachineDoctor;
import org.thornback.api.health.MachineDoctor.Plan;
import org.thornback.api.resources.HugePageDetector;
import org.thornback.api.resources.HugePages;
import org.thornback.launcher.internal.boot.ServiceQuestion;
import org.thornback.launcher.internal.boot.StderrLog;
import org.thornback.launcher.internal.doctor.DoctorPage;
import org.thornback.launcher.internal.doctor.Surroundings;
import org.thornback.launcher.internal.home.Features;
import org.thornback.launcher.internal.home.Home;
import org.thornback.launcher.internal.record.NodeRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code ray doctor}: what usually goes wrong, and the command that mends it; {@code ray doctor hugepages}: what this machine
 * has of them, and what is missing. Changes nothing, and needs no node.
 */
@Command(
        name = "doctor",
        description =
                "Says what is wrong on this machine and with nodes that run, and what mends it; exit status 1 then.")
final class DoctorCommand implements Callable<Integer> {
    private static final String HUGE_PAGES = "hugepages";

    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    private static final Path HUGE_PAGE_PLACE = Path.of("/mnt/hugepages");
    private static final int DEFAULT_PORT = 6379;

    @Parameters(
            arity = "0..1",
            paramLabel = HUGE_PAGES,
            description = "Look at huge pages only, and count what is missing.")
    private String subject;

    @Option(
            names = {"--directory", "--plasma-directory"},
            paramLabel = "<directory>",
            description = "Memory file system of the object store (default /dev/shm); for huge pages, where the"
                    + " hugetlbfs is or should be (default /mnt/hugepages).")
    private Path directory;

    @Option(
            names = "--object-store-memory",
            paramLabel = "<bytes>",
            defaultValue = "78643200",
            description = "Bytes of objects there should be room for (default 75 MiB, the least a store may have).")
    private long bytes;

    @Option(
            names = "--object-spilling-directory",
            paramLabel = "<directory>",
            description = "Where a node would write objects out (default: the session's directory).")
    private Path spill;

    @Option(
            names = "--port",
            paramLabel = "<port>",
            defaultValue = "" + DEFAULT_PORT,
            description = "Port a head would take (default ${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Mixin
    private NodeOptions nodes;

    @Override
    public Integer call() {
        if (subject != null && !HUGE_PAGES.equals(subject)) {
            System.err.println("ray doctor: subject=" + subject + " is not known, choose " + HUGE_PAGES
                    + ", or none for everything.");
            return 2;
        }
        StderrLog.attach();
        return subject == null ? examine() : lookAtHugePages();
    }

    private int examine() {
        Path temp = nodes.tempDir();
        Plan plan = new Plan(
                temp,
                place(SHARED_MEMORY),
                spill == null ? temp : spill.toAbsolutePath(),
                place(HUGE_PAGE_PLACE),
                bytes);
        List<Diagnosis> found = new ArrayList<>(ServiceQuestion.ask(
                Home.ofThisProcess(), Features.RESOURCES, MachineDoctor.class, doctor -> doctor.examine(plan)));
        List<NodeDescription> running = nodes.matching(true).stream()
                .flatMap(node -> node.record().stream())
                .map(NodeRecord::node)
                .toList();
        found.addAll(Surroundings.look(port, running));
        System.out.print(json ? DoctorPage.json(found) : DoctorPage.text(found));
        return DoctorPage.isWell(found) ? 0 : 1;
    }

    private Path place(Path usual) {
        return directory == null ? usual : directory.toAbsolutePath();
    }

    private int lookAtHugePages() {
        Path place = place(HUGE_PAGE_PLACE);
        HugePages pages = ServiceQuestion.ask(
                Home.ofThisProcess(),
                Features.STORE_ALONE_IN_HUGE_PAGES,
                HugePageDetector.class,
                detector -> detector.look(place, bytes));
        System.out.print(text(pages));
        return pages.missing().isEmpty() ? 0 : 1;
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
