// SPDX-License-Identifier: Apache-2.0
// Copyright the Thornback authors
package org.thornback.examples;

import io.ray.api.ActorHandle;
import io.ray.api.ObjectRef;
import io.ray.api.Ray;
import io.ray.api.WaitResult;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.thornback.examples.atlas.Atlas;
import org.thornback.examples.atlas.AtlasPage;
import org.thornback.examples.atlas.ClassPack;
import org.thornback.examples.atlas.ProgressBar;
import org.thornback.examples.atlas.Survey;
import org.thornback.examples.atlas.Surveyor;

/**
 * Draws a map of the JDK that runs it: which package depends on which, which methods are used most, which classes are
 * largest. The class files travel as objects of a few hundred KiB to a few hundred tasks; an actor gathers what they
 * find, so that the driver sees nothing but the finished page.
 */
public final class JrtAtlas {
    /** Enough that no worker waits, few enough that the store never holds the whole JDK. */
    private static final int IN_FLIGHT = 32;

    private static final int ENOUGH_READY = 4;
    private static final int PATIENCE_MILLIS = 100;

    private final ActorHandle<Atlas> atlas = Ray.actor(Atlas::new).remote();
    private final Deque<ClassPack> packs;
    private final int tasks;
    private final List<ObjectRef<Integer>> gathered = new ArrayList<>();
    private long packedBytes;

    private JrtAtlas(List<ClassPack> packs) {
        this.packs = new ArrayDeque<>(packs);
        this.tasks = packs.size();
    }

    public static void main(String[] arguments) throws IOException {
        Ray.init();
        try {
            List<ClassPack> packs = ClassPack.ofRunningJdk();
            System.out.println(
                    "Mapping the JDK " + System.getProperty("java.version") + " in " + packs.size() + " tasks");
            new JrtAtlas(packs).run();
        } finally {
            Ray.shutdown();
        }
    }

    private void run() throws IOException {
        long start = System.nanoTime();
        surveyAll();
        AtlasPage page = atlas.task(Atlas::page).remote().get();
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.print(page.text());
        printFigures(page, seconds);
    }

    private void surveyAll() throws IOException {
        ProgressBar progress = ProgressBar.onStandardOutput(tasks);
        List<ObjectRef<Survey>> pending = new ArrayList<>();
        int done = 0;
        while (done < tasks) {
            while (pending.size() < IN_FLIGHT && !packs.isEmpty()) {
                pending.add(submit(packs.remove()));
            }
            WaitResult<Survey> surveys = Ray.wait(pending, Math.min(ENOUGH_READY, pending.size()), PATIENCE_MILLIS);
            // The survey goes from the store to the actor by reference; this process does not read it.
            surveys.getReady()
                    .forEach(survey ->
                            gathered.add(atlas.task(Atlas::add, survey).remote()));
            done += surveys.getReady().size();
            pending = new ArrayList<>(surveys.getUnready());
            progress.show(done);
        }
        Ray.get(gathered);
    }

    private ObjectRef<Survey> submit(ClassPack pack) throws IOException {
        byte[] bytes = pack.bytes();
        packedBytes += bytes.length;
        return Ray.task(Surveyor::survey, Ray.put(bytes)).remote();
    }

    private void printFigures(AtlasPage page, double seconds) {
        System.out.printf(
                Locale.ROOT,
                "%n%,d classes in %,d tasks, %.1f s, %.0f tasks/s; %.1f MB through the object store%n",
                page.classes(),
                page.tasks(),
                seconds,
                page.tasks() / seconds,
                packedBytes / 1e6);
        page.shares()
                .forEach((pid, share) -> System.out.printf(
                        Locale.ROOT,
                        "  worker pid=%d did %,d tasks: %,d classes, %.1f MB%n",
                        pid,
                        share.tasks(),
                        share.classes(),
                        share.bytes() / 1e6));
        String session = System.getProperty("ray.session-dir");
        if (session != null) {
            System.out.println("Logs of this session are in " + session + "/logs");
        }
    }
}
