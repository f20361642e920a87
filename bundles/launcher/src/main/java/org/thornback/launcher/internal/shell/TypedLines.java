// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.launcher.internal.shell;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.thornback.api.ThornbackException;

/** Lines that a user types at a terminal, who can edit them, complete them and find earlier ones. Used by one thread. */
public final class TypedLines implements Lines {
    private static final String PROMPT = "ray> ";
    private static final String PROVIDERS = "ffm,exec";

    private final Terminal terminal;
    private final LineReader reader;
    private final Optional<Path> history;

    private TypedLines(Terminal terminal, LineReader reader, Optional<Path> history) {
        this.terminal = requireNonNull(terminal, "terminal");
        this.reader = requireNonNull(reader, "reader");
        this.history = requireNonNull(history, "history");
    }

    /**
     * Takes the terminal over.
     *
     * @param socket of the node, which completes words.
     * @return to be closed, so that the terminal is as it was.
     * @throws IOException when the terminal does not let itself be used.
     */
    public static TypedLines open(Path socket) throws IOException {
        return on(TerminalBuilder.builder().system(true).providers(PROVIDERS).build(), socket);
    }

    /** Takes any terminal over. */
    static TypedLines on(Terminal terminal, Path socket) {
        terminal.handle(Terminal.Signal.INT, signal -> {}); // between two lines there is nothing to interrupt
        DefaultParser parser = new DefaultParser();
        parser.setEscapeChars(new char[0]); // the node's shell reads the line, not this one
        LineReaderBuilder builder = LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("ray")
                .parser(parser)
                .completer(new NodeCompleter(socket))
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.AUTO_FRESH_LINE, true);
        Optional<Path> history = historyFile();
        history.ifPresent(file -> builder.variable(LineReader.HISTORY_FILE, file));
        return new TypedLines(terminal, builder.build(), history);
    }

    private static Optional<Path> historyFile() {
        try {
            return Optional.of(HistoryFile.ready());
        } catch (IOException unwritable) {
            System.err.println("ray shell: what is typed will not be kept: " + unwritable.getMessage() + ".");
            return Optional.empty();
        }
    }

    @Override
    public Optional<String> next() {
        while (true) {
            try {
                return Optional.of(reader.readLine(PROMPT));
            } catch (UserInterruptException dropped) {
                continue; // the line, not the shell
            } catch (EndOfFileException end) {
                return Optional.empty();
            }
        }
    }

    @Override
    public int width() {
        return terminal.getWidth();
    }

    @Override
    public boolean agrees() {
        try {
            reader.setVariable(LineReader.DISABLE_HISTORY, true);
            return reader.readLine("Do it? [y/N] ")
                    .strip()
                    .toLowerCase(Locale.ROOT)
                    .startsWith("y");
        } catch (UserInterruptException | EndOfFileException no) {
            return false;
        } finally {
            reader.setVariable(LineReader.DISABLE_HISTORY, false);
        }
    }

    /** Ctrl-C interrupts the thread, which closes its connection; the node then ends what runs there. */
    @Override
    public int interruptibly(IntSupplier action) {
        Thread running = Thread.currentThread();
        Terminal.SignalHandler before = terminal.handle(Terminal.Signal.INT, signal -> running.interrupt());
        try {
            return action.getAsInt();
        } catch (ThornbackException ended) {
            if (Thread.interrupted()) {
                return INTERRUPTED;
            }
            throw ended;
        } finally {
            terminal.handle(Terminal.Signal.INT, before);
            Thread.interrupted(); // one that came too late is not for the next line
        }
    }

    @Override
    public void close() throws IOException {
        terminal.close();
        if (history.isPresent()) {
            HistoryFile.close(history.get());
        }
    }
}
