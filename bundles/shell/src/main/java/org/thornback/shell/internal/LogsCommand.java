// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.shell.internal;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.thornback.api.command.NodeCommand;
import org.thornback.api.session.Session;
import org.thornback.shell.internal.Column.Kind;

/** {@code ray logs}: lists the log files of the session, or shows one. Safe from any thread. */
@Component(service = NodeCommand.class, property = NodeCommand.NAME + "=logs")
public final class LogsCommand extends CheckedCommand {
    private static final String LOGS = "the session of this node";

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Session session;

    /** Waits for somebody to ask. */
    @Activate
    public LogsCommand() {
        super("logs");
    }

    private record LogFile(String name, long size, Instant changed) {}

    @Override
    public boolean endsWithItsUser() {
        return true;
    }

    @Override
    int answer(String word, Words words, PrintStream out, PrintStream err) {
        Path directory = Question.there(session, LOGS).logs();
        List<LogFile> files = files(directory);
        Optional<String> wanted = words.argument(0);
        Optional<Integer> tail = words.number("--tail");
        if (wanted.isEmpty()) {
            if (tail.isPresent() || words.has("--follow")) {
                throw RefusedException.usage("FILE is missing: `ray logs` lists the files.");
            }
            out.print(listing(files).text(words));
            return 0;
        }
        LogFile file = Named.one(wanted.get(), files, one -> List.of(one.name()), "log file", "ray logs");
        copy(directory.resolve(file.name()), tail.orElse(-1), words.has("--follow"), out);
        return 0;
    }

    private static void copy(Path file, int lines, boolean follow, PrintStream out) {
        LogReader reader = new LogReader(file);
        try {
            reader.copyEnd(lines, out);
            if (follow) {
                reader.follow(out);
            }
        } catch (IOException unreadable) {
            throw RefusedException.because(file + " cannot be read: " + unreadable.getMessage() + ".");
        } catch (InterruptedException userWentAway) {
            Thread.currentThread().interrupt();
        }
    }

    /** The log files of a session, by name. */
    static List<String> names(Path directory) {
        return files(directory).stream().map(LogFile::name).toList();
    }

    private static List<LogFile> files(Path directory) {
        List<LogFile> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(directory)) {
            for (Path path : all.filter(Files::isRegularFile).sorted().toList()) {
                BasicFileAttributes facts = Files.readAttributes(path, BasicFileAttributes.class);
                files.add(new LogFile(
                        path.getFileName().toString(),
                        facts.size(),
                        facts.lastModifiedTime().toInstant().truncatedTo(ChronoUnit.SECONDS)));
            }
        } catch (IOException unreadable) {
            throw RefusedException.because(directory + " cannot be read: " + unreadable.getMessage() + ".");
        }
        return files;
    }

    private static Listing<LogFile> listing(List<LogFile> files) {
        return new Listing<>(
                List.of(
                        new Column<>("file", Kind.TEXT, LogFile::name),
                        new Column<>("size", Kind.BYTES, LogFile::size),
                        new Column<>("changed", Kind.WORD, LogFile::changed)),
                files);
    }
}
