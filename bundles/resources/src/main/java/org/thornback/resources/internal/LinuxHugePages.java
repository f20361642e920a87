// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.resources.internal;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.thornback.api.resources.HugePageDetector;
import org.thornback.api.resources.HugePages;

/**
 * Reads what the kernel says of huge pages and of the file systems that give them, below a root directory. Stateless.
 *
 * <p>The file system alone decides about the page size; pages somebody has mapped but not touched yet are promised to him and
 * do not count as free.
 */
@Component
public final class LinuxHugePages implements HugePageDetector {
    private static final String TYPE = "hugetlbfs";
    private static final long KIB = 1024;
    private static final String ALLOWED_NODES = "Mems_allowed_list:";

    private final Path root;
    private final int uid;
    private final int gid;

    /**
     * Looks at this machine, for this user.
     *
     * @throws IOException when the system does not say who that is.
     */
    @Activate
    public LinuxHugePages() throws IOException {
        this(Path.of("/"), attribute("unix:uid"), attribute("unix:gid"));
    }

    LinuxHugePages(Path root, int uid, int gid) {
        this.root = requireNonNull(root, "root");
        this.uid = uid;
        this.gid = gid;
    }

    private static int attribute(String name) throws IOException {
        Path self = Path.of("/proc/self");
        return Files.exists(self) ? (int) Files.getAttribute(self, name) : -1;
    }

    @Override
    public HugePages look(Path directory, long bytes) {
        Optional<Mount> mount = mount(directory);
        long pageSize = mount.map(Mount::pageSize).filter(size -> size > 0).orElseGet(this::defaultPageSize);
        long total = pool(pageSize, "nr_hugepages");
        long free = Math.max(0, pool(pageSize, "free_hugepages") - pool(pageSize, "resv_hugepages"));
        List<String> missing = new ArrayList<>();
        if (pageSize == 0) {
            missing.add("huge-pages=true needs Linux with " + TYPE + ", which this kernel does not have: leave"
                    + " huge-pages out, or give huge-pages=prefer to use plain pages then.");
            return new HugePages(directory, 0, 0, 0, 0, false, missing);
        }
        long available = Math.min(free * pageSize, mount.map(this::limit).orElse(Long.MAX_VALUE));
        missing.addAll(placeProblem(directory, mount).stream().toList());
        pageProblem(mount, Math.max(bytes, pageSize), pageSize, total, free, available)
                .ifPresent(missing::add);
        return new HugePages(directory, pageSize, total, free, available, promisesHold(pageSize), missing);
    }

    private boolean promisesHold(long pageSize) {
        return new Cgroups(root).hugePages(pageSize).isEmpty() && mayUseAllNodes();
    }

    /** The kernel promises pages of any node of memory, and must find them on those this process may use. */
    private boolean mayUseAllNodes() {
        List<String> nodes = lines("sys/devices/system/node/has_memory");
        return nodes.isEmpty()
                || lines("proc/self/status").stream()
                        .filter(line -> line.startsWith(ALLOWED_NODES))
                        .map(line -> line.substring(ALLOWED_NODES.length()).strip())
                        .allMatch(nodes.getFirst()::equals);
    }

    private Optional<String> placeProblem(Path directory, Optional<Mount> mount) {
        Path seen = below(directory);
        String create = Files.isDirectory(seen) ? "" : "`mkdir -p " + directory + "` and ";
        String commands = create + "`mount -t " + TYPE + " -o uid=" + uid + " -o gid=" + gid + " none " + directory
                + "` and `echo " + gid + " > /proc/sys/vm/hugetlb_shm_group`";
        if (!Files.isDirectory(seen)) {
            return Optional.of("plasma-directory=" + directory + " does not exist and should be a " + TYPE
                    + " for huge pages: run as root " + commands + ".");
        }
        if (mount.isEmpty()) {
            return Optional.of(
                    "plasma-directory=" + directory + " is not on a " + TYPE + ": run as root " + commands + ".");
        }
        if (!Files.isWritable(seen)) {
            return Optional.of("plasma-directory=" + directory + " is a " + TYPE + " that this user, uid=" + uid
                    + ", may not write: run as root `umount " + mount.get().place() + "` and " + commands + ".");
        }
        return Optional.empty();
    }

    private Optional<String> pageProblem(
            Optional<Mount> mount, long bytes, long pageSize, long total, long free, long available) {
        if (bytes <= available) {
            return Optional.empty();
        }
        long wanted = (bytes + pageSize - 1) / pageSize;
        String need = bytes + " bytes of objects need " + wanted + " huge pages of " + pageSize + " bytes and ";
        if (wanted <= free) {
            return Optional.of(need + mount.map(Mount::place).orElseThrow() + " lets its files have only " + available
                    + " bytes: mount it with a larger size=, or give a smaller object-store-memory.");
        }
        String file = pageSize == defaultPageSize()
                ? "/proc/sys/vm/nr_hugepages"
                : "/sys/kernel/mm/hugepages/hugepages-" + pageSize / KIB + "kB/nr_hugepages";
        return Optional.of(need + free + " are free: run as root `echo " + (total + wanted - free) + " > " + file
                + "`, or give a smaller object-store-memory.");
    }

    /** What the file system lets its files have, when it was mounted with a size of its own. */
    private long limit(Mount mount) {
        try {
            return mount.limited() ? Files.getFileStore(below(mount.place())).getUsableSpace() : Long.MAX_VALUE;
        } catch (IOException gone) {
            return 0; // it was unmounted this moment
        }
    }

    private record Mount(Path place, long pageSize, boolean limited) {}

    private Optional<Mount> mount(Path directory) {
        return new Mounts(root)
                .holding(directory)
                .filter(found -> TYPE.equals(found.type()))
                .map(found -> read(found.place(), found.options()));
    }

    private static Mount read(Path place, String options) {
        long pageSize = 0;
        boolean limited = false;
        for (String option : options.split(",")) {
            if (option.startsWith("pagesize=")) {
                pageSize = bytes(option.substring("pagesize=".length()));
            }
            limited |= option.startsWith("size=");
        }
        return new Mount(place, pageSize, limited);
    }

    private static long bytes(String text) {
        long number = Long.parseLong(text.replaceAll("\\D", ""));
        return switch (text.charAt(text.length() - 1)) {
            case 'K', 'k' -> number << 10;
            case 'M', 'm' -> number << 20;
            case 'G', 'g' -> number << 30;
            default -> number;
        };
    }

    private long defaultPageSize() {
        return lines("proc/meminfo").stream()
                        .filter(line -> line.startsWith("Hugepagesize:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .findFirst()
                        .orElse(0)
                * KIB;
    }

    private long pool(long pageSize, String file) {
        return lines("sys/kernel/mm/hugepages/hugepages-" + pageSize / KIB + "kB/" + file).stream()
                .mapToLong(line -> Long.parseLong(line.strip()))
                .findFirst()
                .orElse(0);
    }

    private Path below(Path absolute) {
        return root.resolve(Path.of("/").relativize(absolute.toAbsolutePath()));
    }

    private List<String> lines(String path) {
        try (Stream<String> lines = Files.lines(root.resolve(path))) {
            return lines.toList();
        } catch (IOException e) {
            return List.of(); // not this kind of system
        }
    }
}
