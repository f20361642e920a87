// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A directory of one test that is removed when the test passes and kept, with a thread dump beside it, when it fails.
 *
 * <p>It lies in the module's {@code target} directory, so a failed build leaves nothing elsewhere. Its path is short
 * enough for a UNIX socket only when the clone's is: tests that open sockets ask for {@code @TempDir}.
 */
public final class KeptOnFailure implements BeforeEachCallback, AfterEachCallback {
    private Path directory;

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        Path parent = Path.of("target", "kept").toAbsolutePath();
        Files.createDirectories(parent);
        directory =
                Files.createTempDirectory(parent, context.getRequiredTestClass().getSimpleName() + "-");
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        if (context.getExecutionException().isPresent()) {
            Files.writeString(directory.resolve("threads.txt"), ThreadDump.text());
            context.publishReportEntry("kept", directory.toString());
        } else {
            deleteRecursively(directory);
        }
    }

    /** The directory of the running test. */
    public Path directory() {
        return directory;
    }

    /** Removes a tree; symbolic links are removed, not followed, and what vanishes meanwhile is no error. */
    public static void deleteRecursively(Path root) throws IOException {
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (NoSuchFileException e) {
            // Somebody else removed it first, which is what was wanted.
            return;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
