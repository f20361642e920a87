// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.thornback.api.resources.HugePageDetector;
import org.thornback.api.resources.HugePages;
import org.thornback.launcher.internal.boot.ServiceQuestion;
import org.thornback.launcher.internal.boot.StderrLog;
import org.thornback.launcher.internal.home.Features;
import org.thornback.launcher.internal.home.Home;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ray doctor hugepages}: what this machine has of them, and what is missing. Changes nothing. */
@Command(
        name = "doctor",
        description = "Says what this machine has for a feature and what is missing; exit status 1 when something is.")
final class DoctorCommand implements Callable<Integer> {
    private static final String HUGE_PAGES = "hugepages";

    @Parameters(paramLabel = HUGE_PAGES, description = "What to look at.")
    private String subject;

    @Option(
            names = {"--directory", "--plasma-directory"},
            paramLabel = "<directory>",
            defaultValue = "/mnt/hugepages",
            description = "Where the hugetlbfs is or should be (default ${DEFAULT-VALUE}).")
    private Path directory;

    @Option(
            names = "--object-store-memory",
            paramLabel = "<bytes>",
            defaultValue = "78643200",
            description = "Bytes of objects there should be room for (default 75 MiB, the least a store may have).")
    private long bytes;

    @Override
    public Integer call() {
        if (!HUGE_PAGES.equals(subject)) {
            System.err.println("ray doctor: subject=" + subject + " is not known, choose " + HUGE_PAGES + ".");
            return 2;
        }
        StderrLog.attach();
        Path place = directory.toAbsolutePath();
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
