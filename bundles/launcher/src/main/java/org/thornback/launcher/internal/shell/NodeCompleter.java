// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.shell;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jline.builtins.Completers;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import org.thornback.api.ThornbackException;
import org.thornback.api.command.CommandCatalogue;
import org.thornback.launcher.internal.command.CommandClient;

/** Asks the node what may stand where the user is typing. */
final class NodeCompleter implements Completer {
    private static final Completer FILES = new Completers.FileNameCompleter();

    private final Path socket;

    NodeCompleter(Path socket) {
        this.socket = requireNonNull(socket, "socket");
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            CommandClient.run(socket, CommandCatalogue.COMPLETE, typed(line), answer, OutputStream.nullOutputStream());
        } catch (ThornbackException gone) {
            return; // the next line says so
        }
        answer.toString(StandardCharsets.UTF_8).lines().forEach(one -> {
            if (one.equals(CommandCatalogue.LOCAL_FILES)) {
                FILES.complete(reader, line, candidates);
                return;
            }
            int tab = one.indexOf('\t');
            String word = tab < 0 ? one : one.substring(0, tab);
            candidates.add(new Candidate(word, word, null, tab < 0 ? null : one.substring(tab + 1), null, null, true));
        });
    }

    /** The words of the command being typed, the last one as far as it goes; commands before it do not matter. */
    static List<String> typed(ParsedLine line) {
        List<String> words = new ArrayList<>(line.words().subList(0, line.wordIndex()));
        int begin = Math.max(words.lastIndexOf("|"), words.lastIndexOf(";")) + 1;
        List<String> typed = new ArrayList<>(words.subList(begin, words.size()));
        typed.add(line.word().substring(0, line.wordCursor()));
        return typed;
    }
}
