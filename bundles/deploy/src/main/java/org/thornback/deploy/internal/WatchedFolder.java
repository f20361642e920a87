// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.deploy.internal;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thornback.api.InvalidInputException;
import org.thornback.api.deploy.DeployFolder;
import org.thornback.api.deploy.DeployedCode;
import org.thornback.api.deploy.Deployment;

/**
 * Looks at the deploy folder and lets the deployer follow it, on one thread of its own. Safe from any thread.
 */
final class WatchedFolder implements DeployFolder, DeployedCode, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("ray.raylet");
    private static final long REST_MILLIS = 250;
    private static final long POLL_MILLIS = 2_000;
    private static final long END_SECONDS = 5;

    private final Folder folder;
    private final Deployer deployer;
    private final CodeTarget code;
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("ray-deploy").factory());
    private final CompletableFuture<Void> firstLook = new CompletableFuture<>();
    private FolderWatch watch;

    WatchedFolder(Path directory, Deployer deployer, CodeTarget code) {
        this.folder = new Folder(directory, TimeUnit.MILLISECONDS.toNanos(REST_MILLIS));
        this.deployer = requireNonNull(deployer, "deployer");
        this.code = requireNonNull(code, "code");
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Begins to look: what is deployed may have been taken away meanwhile. */
    void begin() {
        folder.know(deployer.list().stream().map(Deployment::name).toList(), System.nanoTime());
        thread.execute(this::prepare);
        thread.scheduleWithFixedDelay(this::look, 0, POLL_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void prepare() {
        try {
            Files.createDirectories(folder.directory());
        } catch (IOException e) {
            LOG.debug("no deploy folder {}: {}", folder.directory(), e.toString());
        }
        try {
            watch = new FolderWatch(this::lookNow);
        } catch (IOException e) {
            LOG.debug("the deploy folder is only looked at now and then: {}", e.toString());
        }
    }

    private void lookNow() {
        submit(this::look, 0);
    }

    private void submit(Runnable work, long millis) {
        try {
            thread.schedule(work, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            LOG.debug("the deploy folder is looked at no more");
        }
    }

    private void look() {
        try {
            if (watch != null) {
                watch.ensure(folder.directory());
            }
            Folder.Look found = folder.look(System.nanoTime());
            found.gone().forEach(this::undeploy);
            List<Path> changed = new ArrayList<>(found.changed());
            changed.sort(Comparator.comparing(WatchedFolder::rank).thenComparing(Path::getFileName));
            changed.forEach(this::take);
            if (!changed.isEmpty() || !found.gone().isEmpty()) {
                retry(changed);
            }
            if (found.restless()) {
                submit(this::look, REST_MILLIS);
            } else {
                firstLook.complete(null);
            }
        } catch (RuntimeException | Error e) {
            LOG.error("the deploy folder is looked at again after a defect", e); // a timer would never tick again
        }
    }

    /** Configurations are there before whom they configure. */
    private static int rank(Path file) {
        return file.toString().endsWith(Content.CFG) ? 0 : 1;
    }

    private void take(Path file) {
        String name = file.getFileName().toString();
        try {
            deployer.put(Content.read(file));
        } catch (RuntimeException | Error reason) {
            deployer.refused(name, reason);
        }
    }

    /** What could not be taken may have waited for what has come, and what could not go for what has gone. */
    private void retry(List<Path> tried) {
        for (String name : deployer.broken()) {
            Path file = folder.directory().resolve(name);
            if (!Files.exists(file)) {
                undeploy(name);
            } else if (!tried.contains(file) || tried.size() > 1) {
                take(file);
            }
        }
    }

    private void undeploy(String name) {
        try {
            deployer.remove(name);
        } catch (RuntimeException | Error needed) {
            deployer.refused(name, needed);
        }
    }

    @Override
    public Path directory() {
        return folder.directory();
    }

    @Override
    public List<Deployment> list() {
        return deployer.list();
    }

    @Override
    public CompletionStage<Deployment> add(Path file) {
        return ask(() -> {
            Content content = Content.read(file);
            Path place = folder.directory().resolve(content.name());
            Path part = folder.directory().resolve("." + content.name() + ".part");
            try {
                Files.createDirectories(folder.directory());
                Files.write(part, content.bytes());
                Deployment done = deployer.put(content);
                Files.move(part, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                folder.expect(content.name(), System.nanoTime());
                return done;
            } catch (IOException e) {
                throw new InvalidInputException(
                        "deploy-directory=" + folder.directory() + " cannot be written: " + e + ".");
            } finally {
                delete(part);
            }
        });
    }

    @Override
    public CompletionStage<Void> remove(String name) {
        return ask(() -> {
            Path file = folder.directory().resolve(name);
            if (!deployer.has(name)) {
                throw new InvalidInputException(
                        "name=" + name + " is not in " + folder.directory() + "; `ray deploy list` shows what is.");
            }
            deployer.remove(name);
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new InvalidInputException("file=" + file + " cannot be deleted: " + e + ".");
            }
            folder.expect(name, System.nanoTime());
            return null;
        });
    }

    @Override
    public CompletionStage<Path> find(String name) {
        return firstLook.thenApply(looked -> code.find(name));
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException left) {
            LOG.debug("file {} is left: {}", file, left.toString());
        }
    }

    private <T> CompletionStage<T> ask(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            thread.execute(() -> {
                try {
                    answer.complete(question.get());
                } catch (RuntimeException | Error e) {
                    answer.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException closed) {
            answer.completeExceptionally(new InvalidInputException("the deploy folder is closed: start its bundle."));
        }
        return answer;
    }

    /** Returns when nothing is taken or let go any more. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("the deploy folder is closed while something is deployed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.shutdownNow();
        if (watch != null) {
            watch.close();
        }
    }
}
