// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.redis.internal;

import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.thornback.api.session.StreamPair;

/**
 * One redis-server below a small shell that watches over it. Whoever of the three is killed, the other two learn of it:
 *
 * <ul>
 *   <li>this process: the pipe to the shell ends, and the shell ends Redis;
 *   <li>Redis: the pipe it holds open to this process ends, and this process ends the shell;
 *   <li>the shell: this process ends Redis, and so does the kernel, where there is {@code setpriv} to ask it for that.
 * </ul>
 *
 * <p>The configuration, and in it the password, reaches Redis through standard input, never through a command line. Both run in
 * a session of their own, so that Ctrl-C at a node in the foreground ends the node, which then ends them in order.
 */
final class RedisProcess {
    private static final Path SETSID = Path.of("/usr/bin/setsid");
    static final String END = "# end of configuration";
    private static final long STOP_SECONDS = 2;

    /**
     * Reads the configuration up to its last line and feeds it to Redis, tells its number, and waits for the end of the pipe.
     * {@code $0} is the binary, {@code $1} the session, shown to whoever looks at processes, {@code $2} and {@code $3} are the
     * files of Redis, {@code $4} is the node's process. A node that was killed cannot remove its sockets, so the shell does.
     * Redis alone keeps the shell's standard output open.
     *
     * <p>The node may be killed at any line: a configuration that ends too soon starts nothing, for Redis without one listens at
     * its own port without a password; a number nobody hears does not end the shell; and a Redis whose shell was killed before
     * the kernel had been asked does not begin.
     */
    private static final String WATCHER = """
        tidy() {
            if [ ! -e "/proc/$4/exe" ]; then
                sockets=$(readlink "$1/sockets") || sockets=$1/sockets
                rm -rf "$sockets" "$1/sockets"
            fi
        }
        trap : PIPE
        configuration=$(
            while IFS= read -r line; do
                [ "$line" != "%s" ] || exit 0
                printf '%%s\\n' "$line"
            done
            exit 1
        ) || { tidy "$@"; exit 1; }
        watched() { exec "$@"; }
        if setpriv --pdeathsig KILL true 2>/dev/null; then
            watched() { exec setpriv --pdeathsig KILL /bin/sh -c '[ $PPID = "$0" ] && exec "$@"' $$ "$@"; }
        fi
        watched "$0" - 9>&1 >>"$2" 2>>"$3" <<CONFIGURATION &
        $configuration
        CONFIGURATION
        redis=$!
        echo $redis 2>/dev/null
        exec >&-
        while read -r line; do :; done
        tidy "$@"
        kill -9 $redis 2>/dev/null
        wait $redis
        """.formatted(END);

    private final Process shell;
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();
    private volatile Optional<ProcessHandle> redis = Optional.empty();

    private RedisProcess(Process shell) {
        this.shell = requireNonNull(shell, "shell");
    }

    static RedisProcess start(Path binary, List<String> configuration, StreamPair streams, Path session)
            throws IOException {
        Process shell = new ProcessBuilder(command(binary, streams, session))
                .directory(session.toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(streams.err().toFile()))
                .start();
        RedisProcess process = new RedisProcess(shell);
        process.send(configuration);
        Thread.ofPlatform().daemon().name("ray-redis-watch").start(process::awaitEnd);
        shell.onExit().thenRun(process::killRedis);
        return process;
    }

    /** What is run: the shell, in a session of its own where that is possible. */
    static List<String> command(Path binary, StreamPair streams, Path session) {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(SETSID)) {
            command.add(SETSID.toString());
        }
        command.addAll(List.of("/bin/sh", "-c", WATCHER, binary.toString(), session.toString()));
        command.add(streams.out().toString());
        command.add(streams.err().toString());
        command.add(Long.toString(ProcessHandle.current().pid()));
        return command;
    }

    /** The number of Redis itself; empty as long as the shell has not told it. */
    Optional<Long> pid() {
        return redis.map(ProcessHandle::pid);
    }

    boolean isAlive() {
        return !ended.isDone();
    }

    /** Completes when Redis has ended, with its exit status. */
    CompletableFuture<Integer> onExit() {
        return ended;
    }

    /** Ends Redis by ending the pipe; returns when it is gone, also in a thread that was interrupted. */
    void stop() {
        closePipe();
        boolean interrupted = Thread.interrupted();
        try {
            ended.get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException stuck) {
            kill();
        } catch (InterruptedException hurry) {
            interrupted = true;
            kill();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void kill() {
        killRedis();
        shell.destroyForcibly();
    }

    private void send(List<String> configuration) throws IOException {
        OutputStream input = shell.getOutputStream();
        input.write((String.join("\n", configuration) + "\n" + END + "\n").getBytes(StandardCharsets.UTF_8));
        input.flush();
    }

    /** The pipe from Redis brings its number and then its end. */
    private void awaitEnd() {
        try (BufferedReader pipe = shell.inputReader(StandardCharsets.UTF_8)) {
            for (String line = pipe.readLine(); line != null; line = pipe.readLine()) {
                redis = ProcessHandle.of(Long.parseLong(line.strip()));
            }
        } catch (IOException | NumberFormatException broken) {
            killRedis();
        }
        closePipe();
        shell.onExit().thenAccept(over -> ended.complete(over.exitValue()));
    }

    private void killRedis() {
        redis.ifPresent(ProcessHandle::destroyForcibly);
    }

    private void closePipe() {
        try {
            shell.getOutputStream().close();
        } catch (IOException gone) {
            killRedis(); // without a shell nobody else does it
        }
    }
}
