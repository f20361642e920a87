// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.redis.internal;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.thornback.api.session.StreamPair;

/**
 * One redis-server below a small shell that watches over it: the shell ends Redis when the pipe from this process ends, however
 * this process died, and ends itself when Redis does.
 *
 * <p>The configuration, and in it the password, reaches Redis through standard input, never through a command line.
 */
final class RedisProcess {
    private static final String END = "# end of configuration";

    /**
     * Reads the configuration up to its last line and feeds it to Redis; then one child waits for the pipe to end and the
     * shell waits for Redis. {@code $0} is the binary, {@code $1} the session, shown to whoever looks at processes, {@code $2}
     * the node's process. A node that was killed cannot remove its sockets, so the child that outlives it does.
     */
    private static final String WATCHER = """
        configuration=$(while IFS= read -r line && [ "$line" != "%s" ]; do printf '%%s\\n' "$line"; done)
        exec 3<&0
        printf '%%s\\n' "$configuration" | exec "$0" - 3<&- &
        redis=$!
        {
            while read -r _; do :; done
            if [ ! -e "/proc/$2/exe" ]; then
                sockets=$(readlink "$1/sockets") || sockets=$1/sockets
                rm -rf "$sockets" "$1/sockets"
            fi
            kill -9 $redis
        } <&3 2>/dev/null &
        guard=$!
        exec 3<&- </dev/null
        wait $redis
        status=$?
        kill $guard 2>/dev/null
        exit $status
        """.formatted(END);

    private final Process shell;

    private RedisProcess(Process shell) {
        this.shell = requireNonNull(shell, "shell");
    }

    static RedisProcess start(Path binary, List<String> configuration, StreamPair streams, Path session)
            throws IOException {
        Process shell = new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        WATCHER,
                        binary.toString(),
                        session.toString(),
                        Long.toString(ProcessHandle.current().pid()))
                .directory(session.toFile())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(streams.out().toFile()))
                .redirectError(ProcessBuilder.Redirect.appendTo(streams.err().toFile()))
                .start();
        OutputStream input = shell.getOutputStream();
        input.write((String.join("\n", configuration) + "\n" + END + "\n").getBytes(StandardCharsets.UTF_8));
        input.flush();
        return new RedisProcess(shell);
    }

    boolean isAlive() {
        return shell.isAlive();
    }

    CompletableFuture<Integer> onExit() {
        return shell.onExit().thenApply(Process::exitValue);
    }

    /** Ends Redis by ending the pipe; returns when it is gone. */
    void stop() {
        try {
            shell.getOutputStream().close();
            if (!shell.waitFor(2, TimeUnit.SECONDS)) {
                shell.descendants().forEach(ProcessHandle::destroyForcibly);
                shell.destroyForcibly();
            }
        } catch (IOException e) {
            shell.descendants().forEach(ProcessHandle::destroyForcibly);
            shell.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
